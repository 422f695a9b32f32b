package dev.ocij.buildah.podman;

import dev.ocij.buildah.life.Reentry;
import dev.ocij.buildah.podman.system.ContainerSize;
import dev.ocij.buildah.run.ContainerState;
import dev.ocij.buildah.run.Containers;
import dev.ocij.runtime.Mount;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StandardOutput;
import dev.ocij.term.StoreFlags;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// `ps`: lists containers.
final class PsCommand implements Command {
  private final Options options = Options.of(this, "List containers.");
  private final BooleanSupplier all = options.flag("-a, --all", "those that have ended too");
  private final BooleanSupplier latest =
      options.flag("-l, --latest", "the container that was made last");
  private final Supplier<Optional<String>> last =
      options.text("-n, --last", "NUMBER", "so many that were made last");
  private final Supplier<List<String>> filters =
      options.texts("-f, --filter", "KEY=VALUE", "those of which this is true");
  private final Supplier<Optional<String>> sort =
      options.text(
          "--sort", "KEY", "command, created, id, image, names, runningfor, size or status");
  private final RowFlags rows = new RowFlags(options);
  private final Supplier<Optional<String>> watch =
      options.text("-w, --watch", "SECONDS", "list them again and again, after so long");
  private final StoreFlags store;

  PsCommand(StoreFlags store) {
    this.store = store;
    options.flag("--external", "accepted; there are no others here");
    options.flag("--sync", "accepted; what is shown is always so");
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    // Files that belong to subordinate ids are looked at where these are the caller's.
    var elsewhere = looksForSizes() ? Reentry.likeTheLauncher() : OptionalInt.empty();
    if (elsewhere.isPresent()) {
      return elsewhere.getAsInt();
    }
    int seconds = watch.get().map(text -> Values.number(text, "interval")).orElse(0);
    list();
    while (seconds > 0) {
      options.out().flush();
      Thread.sleep(1000L * seconds);
      options.out().print(StandardOutput.CLEAR);
      list();
    }
    return ExitCode.OK;
  }

  private void list() throws IOException {
    var containers = new Containers(store.store());
    var listed = new ArrayList<ContainerRow>();
    for (var each : shown(containers).sorted(order()).toList()) {
      listed.add(row(containers, each));
    }
    if (isSortedBySize()) {
      listed.sort(Comparator.comparingLong(ContainerRow::writtenSize));
    }
    rows.print(listed, options.out());
  }

  private boolean looksForSizes() {
    return rows.haveSizes() || isSortedBySize();
  }

  private boolean isSortedBySize() {
    return sort.get().filter("size"::equals).isPresent();
  }

  private ContainerRow row(Containers containers, ContainerState container) throws IOException {
    return new ContainerRow(
        container,
        containers.healthOf(container),
        rows.haveFormat() ? mounts(containers, container) : List.of(),
        looksForSizes() ? ContainerSize.of(store.store(), container) : null,
        Clock.systemUTC(),
        rows.areWhole());
  }

  /// None of one that is still being made.
  private static List<String> mounts(Containers containers, ContainerState container)
      throws IOException {
    try {
      return CallerMounts.of(containers, container).all().stream().map(Mount::destination).toList();
    } catch (NoSuchFileException _) {
      return List.of();
    }
  }

  private Stream<ContainerState> shown(Containers containers) throws IOException {
    var filter = ContainerFilters.parse(filters.get(), Clock.systemUTC(), containers);
    boolean asksForState =
        filters.get().stream().anyMatch(text -> text.matches("(status|exited)=.*"));
    boolean ended =
        all.getAsBoolean() || asksForState || latest.getAsBoolean() || last.get().isPresent();
    return containers.list().stream()
        .filter(each -> ended || each.isActive())
        .filter(filter)
        .limit(latest.getAsBoolean() ? 1 : most());
  }

  private long most() {
    long asked = last.get().map(text -> Values.number(text, "number of containers")).orElse(-1);
    return asked < 0 ? Long.MAX_VALUE : asked;
  }

  private Comparator<ContainerState> order() {
    var key = sort.get().orElse("created");
    return switch (key) {
      // What is sorted by size is so when sizes are known.
      case "created", "runningfor", "size" ->
          Comparator.comparing(ContainerState::created).reversed();
      case "command" -> Comparator.comparing(each -> String.join(" ", each.command()));
      case "id" -> Comparator.comparing(ContainerState::id);
      case "image" -> Comparator.comparing(ContainerState::image);
      case "names" -> Comparator.comparing(ContainerState::name);
      case "status" -> Comparator.comparing(ContainerState::statusName);
      default ->
          throw Values.usage(
              "invalid sort %s: expected command, created, id, image, names, runningfor, size or status"
                  .formatted(Quoted.of(key)));
    };
  }
}
