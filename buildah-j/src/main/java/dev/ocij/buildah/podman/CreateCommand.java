package dev.ocij.buildah.podman;

import dev.ocij.buildah.run.ContainerState;
import dev.ocij.buildah.run.PodMember;
import dev.ocij.buildah.run.RunRequest;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/// `create [OPTIONS] IMAGE [COMMAND…]`: makes a container for `start`.
final class CreateCommand implements Command {
  private final Options options =
      Options.of(this, "Make a container and do not start it.").stoppingAtFirstArgument();
  private final Supplier<Optional<String>> initial =
      options.text("--init-ctr", "once|always", "it ends before others of its pod start");
  private final ContainerFlags flags;

  CreateCommand(StoreFlags store, Supplier<Optional<String>> runtime) {
    flags = new ContainerFlags(options, store, runtime);
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var request = requested();
    RunCommand.refuseForeign(request);
    try (var folder = flags.create(request).folder()) {
      folder.write(folder.state().in(ContainerState.Status.CREATED));
      options.out().println(folder.state().id());
    }
    return ExitCode.OK;
  }

  private RunRequest requested() throws IOException {
    var request = flags.request();
    if (initial.get().isEmpty()) {
      return request;
    }
    var kind = initial.get().get();
    if (request.pod() == null) {
      throw Values.usage("must specify pod value with init-ctr");
    }
    if (!kind.equals(PodMember.ONCE) && !kind.equals("always")) {
      throw Values.usage("init-ctr value must be 'always' or 'once'");
    }
    return request.being(request.pod().initially(kind));
  }
}
