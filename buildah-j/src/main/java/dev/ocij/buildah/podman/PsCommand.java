package dev.ocij.buildah.podman;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.buildah.run.ContainerState;
import dev.ocij.buildah.run.Containers;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.GoJson;
import dev.ocij.term.GoTemplate;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.term.Table;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `ps`: lists containers.
final class PsCommand implements Command {
  private static final String HEADING = "table ";

  private final Options options = Options.of(this, "List containers.");
  private final BooleanSupplier all = options.flag("-a, --all", "those that have ended too");
  private final BooleanSupplier quiet = options.flag("-q, --quiet", "ids only");
  private final BooleanSupplier whole = options.flag("--no-trunc", "cut nothing");
  private final BooleanSupplier noHeading = options.flag("--noheading", "no line of titles");
  private final Supplier<Optional<String>> format =
      options.text("--format", "json|TEMPLATE", "what is printed of each");
  private final StoreFlags store;

  PsCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var shown =
        new Containers(store.store())
            .list().stream()
                .filter(
                    each -> all.getAsBoolean() || each.status() == ContainerState.Status.RUNNING)
                .map(each -> new ContainerRow(each, Clock.systemUTC(), whole.getAsBoolean()))
                .toList();
    print(shown);
    return ExitCode.OK;
  }

  private void print(List<ContainerRow> rows) {
    if (quiet.getAsBoolean()) {
      rows.forEach(row -> options.out().println(row.id()));
    } else if (format.get().isEmpty()) {
      options.out().print(table(rows));
    } else if (format.get().get().equals("json")) {
      var array = JsonNodeFactory.instance.arrayNode();
      rows.forEach(row -> array.add(row.json()));
      options.out().println(array.isEmpty() ? "[]" : GoJson.indented(array, 2));
    } else {
      render(format.get().get(), rows);
    }
  }

  private Table table(List<ContainerRow> rows) {
    var table = new Table();
    if (!noHeading.getAsBoolean()) {
      table.row("CONTAINER ID", "IMAGE", "COMMAND", "CREATED", "STATUS", "PORTS", "NAMES");
    }
    rows.forEach(row ->
        table.row(
            row.id(), row.image(), row.command(), row.created(), row.status(), "", row.name()));
    return table;
  }

  private void render(String text, List<ContainerRow> rows) {
    if (text.startsWith(HEADING)) {
      throw Values.usage(
          "ps --format %s: tables are not implemented yet; leave out \"table\""
              .formatted(Quoted.of(text)));
    }
    var template = GoTemplate.parse(text.replace("\\t", "\t").replace("\\n", "\n"));
    for (var row : rows) {
      ObjectNode data = row.json();
      data.put("ID", row.id());
      data.put("Names", row.name());
      data.put("Command", row.command());
      data.put("RunningFor", row.created());
      data.put("CreatedHuman", row.created());
      data.put("Ports", "");
      options.out().println(template.render(data));
    }
  }
}
