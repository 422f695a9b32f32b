package dev.ocij.buildah.podman;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.buildah.cli.Listing;
import dev.ocij.buildah.life.Usage;
import dev.ocij.buildah.run.ContainerState;
import dev.ocij.buildah.run.Containers;
import dev.ocij.buildah.run.Pod;
import dev.ocij.buildah.run.Pods;
import dev.ocij.spec.Json;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Human;
import dev.ocij.term.Options;
import dev.ocij.term.StandardOutput;
import dev.ocij.term.StoreFlags;
import dev.ocij.term.Table;
import dev.ocij.term.template.GoJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `stats [CONTAINER…]`: what running containers use, or those of pods, again and again.
public final class StatsCommand implements Command {
  private static final String UNKNOWN = "--";
  private static final List<String> COLUMNS =
      List.of(
          "id", "name", "cpu_percent", "mem_usage", "mem_percent", "pids", "cpu_time", "avg_cpu");

  private final Options options = Options.of(this, "Show what running containers use.");
  private final Supplier<List<String>> names =
      options.arguments("CONTAINER", 0, "names or ids; none for all that run");
  private final BooleanSupplier latest =
      options.flag("-l, --latest", "the container that was made last");
  private final BooleanSupplier once = options.flag("--no-stream", "once, and end");
  private final BooleanSupplier kept =
      options.flag("--no-reset", "do not clear the screen in between");
  private final BooleanSupplier whole = options.flag("--no-trunc", "cut nothing");
  private final Supplier<Optional<String>> interval =
      options.text("-i, --interval", "SECONDS", "between two looks; default: 5");
  private final Supplier<Optional<String>> format =
      options.text("--format", "json|TEMPLATE", "what is printed of each");
  private final StoreFlags store;
  private final Map<String, Usage> earlier = new HashMap<>();
  private final boolean pods;

  StatsCommand(StoreFlags store) {
    this(store, false);
  }

  public static StatsCommand ofPods(StoreFlags store) {
    return new StatsCommand(store, true);
  }

  private StatsCommand(StoreFlags store, boolean pods) {
    this.store = store;
    this.pods = pods;
    options.flag("-a, --all", "accepted; what has ended uses nothing");
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var containers = new Containers(store.store());
    int seconds = interval.get().map(text -> Values.number(text, "interval")).orElse(5);
    while (true) {
      var rows = new ArrayList<ObjectNode>();
      for (var container : chosen(containers)) {
        rows.add(row(Usage.of(containers, container)));
      }
      print(rows);
      if (once.getAsBoolean() || rows.isEmpty()) {
        return ExitCode.OK;
      }
      Thread.sleep(1000L * Math.max(1, seconds));
    }
  }

  private List<ContainerState> chosen(Containers containers) throws IOException {
    if (pods) {
      return ofPods(containers);
    }
    if (names.get().isEmpty()) {
      var running = containers.list().stream().filter(ContainerState::isActive);
      return latest.getAsBoolean() ? running.limit(1).toList() : running.toList();
    }
    var chosen = new ArrayList<ContainerState>();
    for (var name : names.get()) {
      chosen.add(containers.find(name));
    }
    return chosen;
  }

  private List<ContainerState> ofPods(Containers containers) throws IOException {
    var known = new Pods(store.store());
    var all = new ArrayList<Pod>();
    for (var name : names.get()) {
      all.add(known.find(name));
    }
    if (all.isEmpty()) {
      known.list().stream().limit(latest.getAsBoolean() ? 1 : Long.MAX_VALUE).forEach(all::add);
    }
    var members = new ArrayList<ContainerState>();
    for (var pod : all) {
      Pods.members(containers, pod).stream().filter(ContainerState::isActive).forEach(members::add);
    }
    return members;
  }

  private ObjectNode row(Usage usage) {
    var container = usage.container();
    var before = earlier.put(container.id(), usage);
    double now = before == null ? usage.averagePercent() : usage.percentSince(before);
    var json = Json.object();
    json.put("id", whole.getAsBoolean() ? container.id() : container.shortId());
    json.put("name", container.name());
    json.put("cpu_time", "%.6fs".formatted(usage.cpu().toNanos() / 1e9));
    json.put("cpu_percent", "%.2f%%".formatted(now));
    json.put("avg_cpu", "%.2f%%".formatted(usage.averagePercent()));
    json.put("mem_usage", size(usage.memory()) + " / " + size(usage.memoryLimit()));
    json.put("mem_percent", memoryPercent(usage));
    json.put("pids", Long.toString(usage.processes()));
    return json;
  }

  private static String size(OptionalLong bytes) {
    return bytes.isPresent() ? Human.size(bytes.getAsLong()).replace(" ", "") : UNKNOWN;
  }

  private static String memoryPercent(Usage usage) {
    return usage.memory().isPresent() && usage.memoryLimit().isPresent()
        ? "%.2f%%"
            .formatted(
                100.0 * usage.memory().getAsLong() / Math.max(1, usage.memoryLimit().getAsLong()))
        : UNKNOWN;
  }

  private void print(List<ObjectNode> rows) {
    var asked = format.get().orElse("");
    var out = options.out();
    if (asked.equals("json")) {
      out.println(GoJson.indented(Json.array(rows.stream()), 1));
    } else if (asked.isEmpty()) {
      out.print(screen() + table(rows));
    } else {
      var template = Listing.template(asked.replaceFirst("^table ", ""));
      rows.forEach(row -> out.println(template.render(fields(row))));
    }
    out.flush();
  }

  /// Clears what stood there before.
  private String screen() {
    return once.getAsBoolean() || kept.getAsBoolean() ? "" : StandardOutput.CLEAR;
  }

  private static Table table(List<ObjectNode> rows) {
    var table = new Table();
    table.row("ID", "NAME", "CPU %", "MEM USAGE / LIMIT", "MEM %", "PIDS", "CPU TIME", "AVG CPU %");
    rows.forEach(row ->
        table.row(COLUMNS.stream().map(each -> row.path(each).asText()).toArray(String[]::new)));
    return table;
  }

  private static ObjectNode fields(ObjectNode row) {
    var fields = Json.object();
    fields.set("ID", row.get("id"));
    fields.set("Name", row.get("name"));
    fields.set("CPUPerc", row.get("cpu_percent"));
    fields.set("MemUsage", row.get("mem_usage"));
    fields.set("MemPerc", row.get("mem_percent"));
    fields.set("PIDs", row.get("pids"));
    fields.set("PIDS", row.get("pids"));
    fields.set("UpTime", row.get("cpu_time"));
    fields.set("AVGCPU", row.get("avg_cpu"));
    return fields;
  }
}
