package dev.ocij.buildah.podman;

import dev.ocij.buildah.life.Processes;
import dev.ocij.buildah.run.ContainerState;
import dev.ocij.buildah.run.Containers;
import dev.ocij.buildah.run.Pods;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.term.Table;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `top CONTAINER [COLUMN…]`: the processes of a container, or of all that run in a pod.
public final class TopCommand implements Command {
  private static final List<String> USUAL =
      List.of("user", "pid", "ppid", "pcpu", "etime", "time", "args");

  private final Options options;
  private final Supplier<List<String>> words;
  private final BooleanSupplier latest;
  private final boolean pods;
  private final StoreFlags store;

  TopCommand(StoreFlags store) {
    this(store, false);
  }

  private TopCommand(StoreFlags store, boolean pods) {
    this.store = store;
    this.pods = pods;
    var what = pods ? "pod" : "container";
    options = Options.of(this, "List the processes of a %s.".formatted(what));
    words =
        options.arguments(
            what.toUpperCase(Locale.ROOT),
            0,
            "its name or id, then columns: user pid hpid ppid pcpu etime time args");
    latest = options.flag("-l, --latest", "the %s that was made last".formatted(what));
  }

  public static TopCommand ofPods(StoreFlags store) {
    return new TopCommand(store, true);
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    boolean named = !latest.getAsBoolean();
    if (named && words.get().isEmpty()) {
      throw Values.usage("you must provide the name or id of a running container");
    }
    var asked = Values.split(words.get().subList(named ? 1 : 0, words.get().size()));
    var columns = asked.isEmpty() ? USUAL : asked;
    var table = new Table();
    table.row(columns.stream().map(TopCommand::title).toArray(String[]::new));
    for (var container : chosen(named ? words.get().getFirst() : null)) {
      for (var process : Processes.of(container)) {
        table.row(columns.stream().map(each -> cell(each, process)).toArray(String[]::new));
      }
    }
    options.out().print(table);
    return ExitCode.OK;
  }

  /// @param name null for what was made last
  private List<ContainerState> chosen(@Nullable String name) throws IOException {
    var containers = new Containers(store.store());
    if (!pods) {
      return List.of(name == null ? first(containers.list(), "containers") : containers.find(name));
    }
    var known = new Pods(store.store());
    var pod = name == null ? first(known.list(), "pods") : known.find(name);
    return Pods.members(containers, pod).stream().filter(ContainerState::isActive).toList();
  }

  private static <T> T first(List<T> all, String what) {
    return all.stream().findFirst().orElseThrow(() -> Values.usage("no %s exist".formatted(what)));
  }

  private static String title(String column) {
    return switch (column) {
      case "pcpu" -> "%CPU";
      case "etime" -> "ELAPSED";
      case "args" -> "COMMAND";
      case "user", "pid", "hpid", "ppid", "time" -> column.toUpperCase(Locale.ROOT);
      default ->
          throw Values.usage(
              "unknown column %s: expected user, pid, hpid, ppid, pcpu, etime, time or args"
                  .formatted(Quoted.of(column)));
    };
  }

  private static String cell(String column, Processes.Entry process) {
    return switch (column) {
      case "user" -> process.user();
      case "pid" -> Long.toString(process.pid());
      case "hpid" -> Long.toString(process.hostPid());
      case "ppid" -> Long.toString(process.parent());
      case "pcpu" -> "%.3f".formatted(process.percent());
      case "etime" -> rounded(process.age());
      case "time" -> rounded(process.cpu());
      default -> process.args();
    };
  }

  /// As Go prints durations: `1m3s`.
  private static String rounded(Duration time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString().substring(2).toLowerCase(Locale.ROOT);
  }
}
