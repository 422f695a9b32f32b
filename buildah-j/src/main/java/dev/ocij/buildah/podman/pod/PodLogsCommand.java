package dev.ocij.buildah.podman.pod;

import dev.ocij.buildah.life.LogReader;
import dev.ocij.buildah.podman.LogTime;
import dev.ocij.buildah.podman.Values;
import dev.ocij.buildah.run.ContainerState;
import dev.ocij.buildah.run.Containers;
import dev.ocij.buildah.run.Pod;
import dev.ocij.buildah.run.Pods;
import dev.ocij.spec.OciException;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `pod logs POD`: what its containers have written, one after the other.
final class PodLogsCommand implements Command {
  private final Options options =
      Options.of(this, "Show what the containers of a pod have written.");
  private final Supplier<List<String>> pod = options.arguments("POD", 0, "its name or id");
  private final BooleanSupplier latest = options.flag("-l, --latest", "the pod that was made last");
  private final Supplier<Optional<String>> only =
      options.text("-c, --container", "NAME", "of this container alone");
  private final BooleanSupplier timestamps =
      options.flag("-t, --timestamps", "the time of each line");
  private final BooleanSupplier named =
      options.flag("-n, --names", "the container's name before each line, in place of its id");
  private final Supplier<Optional<String>> since =
      options.text("--since", "TIME", "lines since a time, or for a duration");
  private final Supplier<Optional<String>> until =
      options.text("--until", "TIME", "lines up to a time");
  private final Supplier<Optional<String>> tail =
      options.text("--tail", "NUMBER", "only the last lines of each; -1 for all");
  private final BooleanSupplier follow =
      options.flag("-f, --follow", "go on as long as they live, all at once");
  private final StoreFlags store;

  PodLogsCommand(StoreFlags store) {
    this.store = store;
    options.flag("--color", "accepted; nothing is coloured");
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var opened = store.store();
    var containers = new Containers(opened);
    var outputs =
        new LogReader.Outputs(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)),
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.err)));
    int lines = tail.get().map(text -> Values.number(text, "number of lines")).orElse(-1);
    var readers = new ArrayList<Callable<Void>>();
    for (var member : Pods.members(containers, pod(new Pods(opened)))) {
      if (!member.isInfra() && only.get().filter(name -> !name.equals(member.name())).isEmpty()) {
        var reader = new LogReader(containers.directory(member), member, query(member, lines));
        readers.add(() -> {
          reader.copy(outputs);
          return null;
        });
      }
    }
    read(readers);
    return ExitCode.OK;
  }

  private LogReader.Query query(ContainerState member, int lines) {
    var prefix = named.getAsBoolean() ? member.name() : member.shortId();
    return new LogReader.Query(
        follow.getAsBoolean(),
        LogTime.given(since),
        LogTime.given(until),
        lines,
        timestamps.getAsBoolean(),
        prefix);
  }

  private Pod pod(Pods pods) throws IOException {
    if (latest.getAsBoolean()) {
      return pods.latest();
    }
    if (pod.get().size() != 1) {
      throw Values.usage("pod logs requires the name or id of one pod, or --latest");
    }
    return pods.find(pod.get().getFirst());
  }

  /// One after the other, unless they go on.
  private void read(List<Callable<Void>> readers) throws IOException, InterruptedException {
    int atOnce = follow.getAsBoolean() ? Math.max(1, readers.size()) : 1;
    try (var tasks = Executors.newFixedThreadPool(atOnce, Thread.ofVirtual().factory())) {
      for (var read : tasks.invokeAll(readers)) {
        read.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof OciException cause) {
        throw cause;
      }
      throw new IOException(e.getCause());
    }
  }
}
