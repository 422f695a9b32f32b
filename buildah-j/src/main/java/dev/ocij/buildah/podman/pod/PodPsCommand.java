package dev.ocij.buildah.podman.pod;

import dev.ocij.buildah.cli.Listing;
import dev.ocij.buildah.podman.Values;
import dev.ocij.buildah.run.ContainerState;
import dev.ocij.buildah.run.Containers;
import dev.ocij.buildah.run.Pods;
import dev.ocij.spec.Json;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.term.Table;
import dev.ocij.term.template.GoJson;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `pod ps`: lists pods.
final class PodPsCommand implements Command {
  private static final Map<String, String> TITLES =
      Map.of(
          "ID",
          "POD ID",
          "InfraID",
          "INFRA ID",
          "NumberOfContainers",
          "# OF CONTAINERS",
          "ContainerIds",
          "IDS",
          "ContainerNames",
          "NAMES",
          "ContainerStatuses",
          "STATUS");

  private final Options options = Options.of(this, "List pods.");
  private final BooleanSupplier quiet = options.flag("-q, --quiet", "ids only");
  private final BooleanSupplier whole = options.flag("--no-trunc", "cut nothing");
  private final BooleanSupplier noHeading = options.flag("-n, --noheading", "no line of titles");
  private final BooleanSupplier latest = options.flag("-l, --latest", "the pod that was made last");
  private final BooleanSupplier ids = options.flag("--ctr-ids", "the ids of its containers too");
  private final BooleanSupplier names =
      options.flag("--ctr-names", "the names of its containers too");
  private final BooleanSupplier statuses =
      options.flag("--ctr-status", "what its containers do too");
  private final Supplier<List<String>> filters =
      options.texts("-f, --filter", "KEY=VALUE", "those of which this is true");
  private final Supplier<Optional<String>> sort =
      options.text("--sort", "KEY", "created, id, name, number or status");
  private final Supplier<Optional<String>> format =
      options.text("--format", "json|TEMPLATE", "what is printed of each");
  private final StoreFlags store;

  PodPsCommand(StoreFlags store) {
    this.store = store;
    options.flag("--ns", "accepted; the namespaces of a pod have no names");
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    print(rows());
    return ExitCode.OK;
  }

  private List<PodRow> rows() throws IOException {
    var opened = store.store();
    var containers = new Containers(opened);
    var rows = new ArrayList<PodRow>();
    for (var pod : new Pods(opened).list()) {
      rows.add(
          new PodRow(pod, Pods.members(containers, pod), Clock.systemUTC(), whole.getAsBoolean()));
    }
    return rows.stream()
        .filter(PodFilters.parse(filters.get()))
        .limit(latest.getAsBoolean() ? 1 : Long.MAX_VALUE)
        .sorted(order())
        .toList();
  }

  private Comparator<PodRow> order() {
    var key = sort.get().orElse("created");
    return switch (key) {
      case "created" -> Comparator.comparing((PodRow row) -> row.pod().created()).reversed();
      case "id" -> Comparator.comparing(row -> row.pod().id());
      case "name" -> Comparator.comparing(row -> row.pod().name());
      case "number" -> Comparator.comparingInt(row -> row.members().size());
      case "status" -> Comparator.comparing(PodRow::status);
      default ->
          throw Values.usage(
              "invalid sort %s: expected created, id, name, number or status"
                  .formatted(Quoted.of(key)));
    };
  }

  private void print(List<PodRow> rows) {
    var asked = format.get().orElse("");
    if (quiet.getAsBoolean()) {
      rows.forEach(row -> options.out().println(row.id()));
    } else if (asked.equals("json")) {
      options.out().println(GoJson.indented(Json.array(rows.stream().map(PodRow::json)), 2));
    } else if (asked.isEmpty()) {
      options.out().print(table(rows));
    } else {
      new Listing(asked, TITLES)
          .print(
              options.out(),
              asked,
              !noHeading.getAsBoolean(),
              rows.stream().map(PodRow::fields).toList());
    }
  }

  private Table table(List<PodRow> rows) {
    var table = new Table();
    if (!noHeading.getAsBoolean()) {
      table.row(
          cells(
              "POD ID",
              "NAME",
              "STATUS",
              "CREATED",
              "INFRA ID",
              "IDS",
              "NAMES",
              "STATUS",
              "# OF CONTAINERS"));
    }
    for (var row : rows) {
      table.row(
          cells(
              row.id(),
              row.pod().name(),
              row.status(),
              row.created(),
              row.infraId(),
              row.joined(ContainerState::shortId),
              row.joined(ContainerState::name),
              row.joined(ContainerState::statusName),
              Integer.toString(row.members().size())));
    }
    return table;
  }

  /// Of all columns those that were asked for; the last is the number of containers, where none of
  /// them is told.
  private String[] cells(String... all) {
    var shown = new ArrayList<>(List.of(all).subList(0, 5));
    if (ids.getAsBoolean()) {
      shown.add(all[5]);
    }
    if (names.getAsBoolean()) {
      shown.add(all[6]);
    }
    if (statuses.getAsBoolean()) {
      shown.add(all[7]);
    }
    if (shown.size() == 5) {
      shown.add(all[8]);
    }
    return shown.toArray(String[]::new);
  }
}
