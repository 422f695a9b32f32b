package dev.ocij.buildah.podman;

import dev.ocij.buildah.life.Attachment;
import dev.ocij.buildah.life.Starts;
import dev.ocij.buildah.run.ContainerCreation.Created;
import dev.ocij.buildah.run.Containers;
import dev.ocij.buildah.run.RunRequest;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.transport.local.LocalTransport;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `run [OPTIONS] IMAGE [COMMAND…]`: makes a container and starts it.
///
/// In the foreground it is a child of this process. Where the caller may leave it running (by the
/// keys, with `-d`, or because it is started again and again), a monitor has it.
final class RunCommand implements Command {
  private final Options options =
      Options.of(this, "Run a command in a new container.").stoppingAtFirstArgument();
  private final BooleanSupplier detach =
      options.flag("-d, --detach", "run in the background and print the id");
  private final ContainerFlags flags;

  RunCommand(StoreFlags store, Supplier<Optional<String>> runtime) {
    flags = new ContainerFlags(options, store, runtime);
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var request = flags.request();
    refuseRestartOfRemoved(request);
    boolean monitored = isMonitored(request);
    if (monitored) {
      refuseForeign(request);
      refuseRemovalOfImage(request);
    }
    flags.warnWithoutTerminal(request);
    var created = flags.create(request);
    var starts = new Starts(new Containers(flags.tools().store()));
    if (!monitored) {
      int status = starts.inFront(request, created);
      removeImage(request);
      return status;
    }
    return detach.getAsBoolean() ? behind(starts, created) : attached(starts, request, created);
  }

  private boolean isMonitored(RunRequest request) {
    boolean leavable = request.container().terminal() && request.attachment().in();
    return detach.getAsBoolean()
        || (leavable && request.runtime() == null)
        || !request.life().restart().equals("no")
        || request.life().onUnhealthy().equals("restart")
        // Its namespaces belong to where the monitor of their owner is.
        || (request.pod() != null && request.pod().joins())
        || !request.namespaces().owners().isEmpty();
  }

  private int behind(Starts starts, Created created) throws IOException {
    var id = created.folder().state().id();
    starts.behind(created.folder());
    options.out().println(id);
    return ExitCode.OK;
  }

  private int attached(Starts starts, RunRequest request, Created created) throws IOException {
    var streams = request.attachment();
    var wish =
        new Attachment.Wish(
            streams.in(),
            streams.forward(),
            request.container().terminal(),
            streams.out(),
            flags.keys());
    var status = starts.attached(created.folder(), wish);
    if (status.isPresent()) {
      removeImage(request);
    }
    return status.orElse(ExitCode.OK);
  }

  private void removeImage(RunRequest request) throws IOException {
    if (request.identity().removeImage()) {
      var location = LocalTransport.location(request.source());
      flags.tools().transports().of(location).delete(location.rest());
    }
  }

  private static void refuseRestartOfRemoved(RunRequest request) {
    if (request.identity().remove() && !request.life().restart().equals("no")) {
      throw Values.usage(
          "the --rm option conflicts with --restart, when the restartPolicy is not \"\" and"
              + " \"no\"");
    }
  }

  /// A runtime gives its terminal to whoever starts it, and a pod has namespaces of ours.
  static void refuseForeign(RunRequest request) {
    if (request.runtime() != null && request.container().terminal()) {
      throw Values.notYet("--runtime of a container in the background with a terminal");
    }
    if (request.runtime() != null && request.pod() != null) {
      throw Values.notYet("--runtime in a pod");
    }
    if (request.runtime() != null && request.namespaces().owners().containsKey("ipc")) {
      throw Values.notYet("--runtime with the ipc namespace of another container");
    }
  }

  private void refuseRemovalOfImage(RunRequest request) {
    if (request.identity().removeImage() && detach.getAsBoolean()) {
      throw Values.notYet("run with --rmi in the background");
    }
  }
}
