package dev.ocij.buildah.podman;

import dev.ocij.buildah.life.LogReader;
import dev.ocij.buildah.run.ContainerState;
import dev.ocij.buildah.run.Containers;
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
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `logs CONTAINER…`: what containers have written.
final class LogsCommand implements Command {
  private final Options options = Options.of(this, "Show what containers have written.");
  private final Supplier<List<String>> names =
      options.arguments("CONTAINER", 0, "names or ids, or the beginnings of ids");
  private final BooleanSupplier latest =
      options.flag("-l, --latest", "the container that was made last");
  private final BooleanSupplier follow = options.flag("-f, --follow", "go on as long as it lives");
  private final BooleanSupplier timestamps =
      options.flag("-t, --timestamps", "the time of each line");
  private final BooleanSupplier named = options.flag("-n, --names", "the name before each line");
  private final Supplier<Optional<String>> since =
      options.text("--since", "TIME", "lines since a time, or for a duration");
  private final Supplier<Optional<String>> until =
      options.text("--until", "TIME", "lines up to a time");
  private final Supplier<Optional<String>> tail =
      options.text("--tail", "NUMBER", "only the last lines; -1 for all");
  private final StoreFlags store;

  LogsCommand(StoreFlags store) {
    this.store = store;
    options.flag("--color", "accepted; nothing is coloured");
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var containers = new Containers(store.store());
    var outputs =
        new LogReader.Outputs(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)),
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.err)));
    for (var container : chosen(containers)) {
      new LogReader(containers.directory(container), container, query(container)).copy(outputs);
    }
    return ExitCode.OK;
  }

  private List<ContainerState> chosen(Containers containers) throws IOException {
    if (latest.getAsBoolean()) {
      return List.of(containers.latest());
    }
    if (names.get().isEmpty()) {
      throw Values.usage(
          "no containers specified: logs requires at least one container name or ID");
    }
    var chosen = new ArrayList<ContainerState>();
    for (var name : names.get()) {
      chosen.add(containers.find(name));
    }
    return chosen;
  }

  private LogReader.Query query(ContainerState container) {
    return new LogReader.Query(
        follow.getAsBoolean(),
        LogTime.given(since),
        LogTime.given(until),
        tail.get().map(text -> Values.number(text, "number of lines")).orElse(-1),
        timestamps.getAsBoolean(),
        prefix(container));
  }

  private String prefix(ContainerState container) {
    if (named.getAsBoolean()) {
      return container.name();
    }
    return names.get().size() > 1 ? container.shortId() : "";
  }
}
