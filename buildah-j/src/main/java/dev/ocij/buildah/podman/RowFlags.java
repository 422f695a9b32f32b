package dev.ocij.buildah.podman;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.buildah.cli.Listing;
import dev.ocij.spec.Json;
import dev.ocij.term.Options;
import dev.ocij.term.Table;
import dev.ocij.term.template.GoJson;
import dev.ocij.term.template.GoTemplate;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// How `ps` shows containers: as a table, as JSON, by a template, or their ids alone.
final class RowFlags {
  private static final String HEADING = "table ";

  /// One label by its name; other templates know no functions of what they show.
  private static final Pattern LABEL = Pattern.compile("[.]Label\\s+(\"[^\"]*\")");

  private static final String[] TITLES = {
    "CONTAINER ID",
    "IMAGE",
    "COMMAND",
    "CREATED",
    "STATUS",
    "PORTS",
    "NAMES",
    "POD ID",
    "PODNAME",
    "SIZE"
  };

  private final BooleanSupplier quiet;
  private final BooleanSupplier whole;
  private final BooleanSupplier noHeading;
  private final BooleanSupplier pods;
  private final BooleanSupplier sizes;
  private final BooleanSupplier namespaces;
  private final Supplier<Optional<String>> format;

  RowFlags(Options options) {
    quiet = options.flag("-q, --quiet", "ids only");
    whole = options.flag("--no-trunc", "cut nothing");
    noHeading = options.flag("--noheading", "no line of titles");
    pods = options.flag("-p, --pod", "the pod of each too");
    sizes = options.flag("-s, --size", "how much each has written, too");
    namespaces = options.flag("--ns", "the namespaces of each, in place of what it is");
    format = options.text("--format", "json|TEMPLATE", "what is printed of each");
  }

  boolean areWhole() {
    return whole.getAsBoolean();
  }

  boolean haveSizes() {
    return sizes.getAsBoolean();
  }

  /// Whether they are shown otherwise than in the usual table.
  boolean haveFormat() {
    return format.get().isPresent();
  }

  void print(List<ContainerRow> rows, PrintWriter out) {
    var asked = format.get().orElse("");
    if (quiet.getAsBoolean()) {
      rows.forEach(row -> out.println(row.id()));
    } else if (asked.isEmpty()) {
      out.print(namespaces.getAsBoolean() ? ofNamespaces(rows) : table(rows));
    } else if (asked.equals("json")) {
      out.println(GoJson.indented(Json.array(rows.stream().map(this::json)), 2));
    } else if (asked.startsWith(HEADING)) {
      out.print(columns(asked.substring(HEADING.length()), rows));
    } else {
      var template = template(asked);
      rows.forEach(row -> out.println(template.render(fields(row))));
    }
  }

  private ObjectNode json(ContainerRow row) {
    var json = row.json();
    if (namespaces.getAsBoolean()) {
      json.set("Namespaces", row.namespaces().json());
    }
    return json;
  }

  private Table ofNamespaces(List<ContainerRow> rows) {
    var table = new Table();
    if (!noHeading.getAsBoolean()) {
      table.row(
          Stream.concat(Stream.of("CONTAINER ID", "NAMES", "PID"), NamespaceNumbers.titles())
              .toArray(String[]::new));
    }
    for (var row : rows) {
      var pid = String.valueOf(row.namespaces().pid());
      table.row(
          Stream.concat(Stream.of(row.id(), row.name(), pid), row.namespaces().numbers())
              .toArray(String[]::new));
    }
    return table;
  }

  private Table table(List<ContainerRow> rows) {
    var table = new Table();
    if (!noHeading.getAsBoolean()) {
      table.row(cells(TITLES));
    }
    rows.forEach(row ->
        table.row(
            cells(
                row.id(),
                row.image(),
                row.command(),
                row.created(),
                row.status(),
                row.ports(),
                row.name(),
                row.shortPodId(),
                row.podName(),
                row.sizeText())));
    return table;
  }

  private String[] cells(String... all) {
    var shown = new ArrayList<>(List.of(all));
    var size = shown.removeLast();
    if (!pods.getAsBoolean()) {
      shown.subList(shown.size() - 2, shown.size()).clear();
    }
    if (sizes.getAsBoolean()) {
      shown.add(size);
    }
    return shown.toArray(String[]::new);
  }

  /// A template whose columns have titles and are as wide as they need to be.
  private Table columns(String text, List<ContainerRow> rows) {
    var template = template(text);
    var table = new Table();
    if (!noHeading.getAsBoolean()) {
      table.row(template.render(titles()).split("\t", -1));
    }
    rows.forEach(row -> table.row(template.render(fields(row)).split("\t", -1)));
    return table;
  }

  private static GoTemplate template(String text) {
    return Listing.template(LABEL.matcher(text).replaceAll("index .Labels $1"));
  }

  private static ObjectNode titles() {
    var titles = Json.object();
    titles.put("ID", "CONTAINER ID");
    titles.put("CreatedAt", "CREATED AT");
    titles.put("RunningFor", "CREATED");
    titles.put("CreatedHuman", "CREATED");
    titles.put("ExitCode", "EXIT CODE");
    titles.put("ImageID", "IMAGE ID");
    for (var name : new String[] {"Image", "Command", "Created", "Status", "Ports", "Names"}) {
      titles.put(name, name.toUpperCase(Locale.ROOT));
    }
    for (var name :
        new String[] {
          "Size", "Mounts", "Pod", "PodName", "State", "Pid", "Labels", "Restarts", "Id", "Networks"
        }) {
      titles.put(name, name.toUpperCase(Locale.ROOT));
    }
    NamespaceNumbers.titles().forEach(title -> titles.put(title, title));
    return titles;
  }

  private ObjectNode fields(ContainerRow row) {
    ObjectNode data = row.json();
    data.put("ID", row.id());
    data.put("Names", row.name());
    data.put("Command", row.command());
    data.put("RunningFor", row.created());
    data.put("CreatedHuman", row.created());
    data.put("Ports", row.ports());
    data.put("Size", row.sizeText());
    data.put("Mounts", String.join(",", row.mounts()));
    if (namespaces.getAsBoolean()) {
      row.namespaces().addTo(data);
    }
    return data;
  }
}
