package dev.ocij.buildah.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.buildah.container.WorkingContainer;
import dev.ocij.buildah.container.WorkingContainers;
import dev.ocij.spec.Json;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.term.template.GoJson;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// `containers`: the working containers.
public final class ContainersCommand implements Command {
  private static final Map<String, String> TITLES =
      Map.of(
          "ContainerID", "CONTAINER ID",
          "Builder", "BUILDER",
          "ImageID", "IMAGE ID",
          "ImageName", "IMAGE NAME",
          "ContainerName", "CONTAINER NAME");
  private static final String ROW = "%-12s  %-8s %-12s %-32s %s";
  private static final String WIDE_ROW = "%-64s %-8s %-64s %-32s %s";

  private final Options options = Options.of(this, "List the working containers.");
  private final Supplier<List<String>> filters =
      options.texts("-f, --filter", "KEY=VALUE", "show only such containers");
  private final Supplier<Optional<String>> format =
      options.text("--format", "TEMPLATE", "print each container so");
  private final BooleanSupplier json = options.flag("--json", "print JSON");
  private final BooleanSupplier noHeading = options.flag("-n, --noheading", "print no heading");
  private final BooleanSupplier whole = options.flag("--notruncate", "print whole ids");
  private final BooleanSupplier quiet = options.flag("-q, --quiet", "print ids alone");
  private final StoreFlags store;

  public ContainersCommand(StoreFlags store) {
    options.flag("-a, --all", "accepted; all containers of the store are listed in any case");
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    if (quiet.getAsBoolean() && format.get().isPresent()) {
      throw OrderedArguments.usage("quiet and format are mutually exclusive");
    }
    var shown = new WorkingContainers(store.store()).list();
    for (var filter : filters.get()) {
      shown = shown.stream().filter(condition(filter)).toList();
    }
    if (json.getAsBoolean()) {
      printJson(shown);
    } else if (quiet.getAsBoolean()) {
      shown.forEach(each -> options.out().println(each.id()));
    } else if (format.get().isPresent()) {
      var rows = shown.stream().map(ContainersCommand::fields).toList();
      new TemplateTable(TITLES).print(options.out(), format.get().get(), rows);
    } else {
      printTable(shown);
    }
    return ExitCode.OK;
  }

  private void printTable(List<WorkingContainer> shown) {
    var row = whole.getAsBoolean() ? WIDE_ROW : ROW;
    if (!noHeading.getAsBoolean()) {
      print(row, "CONTAINER ID", "BUILDER", "IMAGE ID", "IMAGE NAME", "CONTAINER NAME");
    }
    for (var each : shown) {
      print(row, cut(each.id()), "   *", cut(imageId(each)), imageName(each), each.name());
    }
  }

  private void print(String row, String... cells) {
    options.out().println(row.formatted((Object[]) cells));
  }

  private String cut(String id) {
    return whole.getAsBoolean() || id.isEmpty() ? id : id.substring(0, 12);
  }

  private void printJson(List<WorkingContainer> shown) {
    if (shown.isEmpty()) {
      options.out().println("null");
      return;
    }
    var array = Json.array();
    for (var each : shown) {
      array
          .addObject()
          .put("id", each.id())
          .put("builder", true)
          .put("imageid", imageId(each))
          .put("imagename", imageName(each))
          .put("containername", each.name());
    }
    options.out().println(GoJson.indented(array, 4));
  }

  private static ObjectNode fields(WorkingContainer container) {
    return Json.object()
        .put("ContainerID", container.id())
        .put("Builder", "   *")
        .put("ImageID", imageId(container))
        .put("ImageName", imageName(container))
        .put("ContainerName", container.name());
  }

  private static Predicate<WorkingContainer> condition(String filter) {
    int equals = filter.indexOf('=');
    var value = filter.substring(equals + 1);
    if (equals < 0) {
      throw OrderedArguments.usage(
          "parsing filter: incorrect filter value %s, should be of form filter=value"
              .formatted(Quoted.of(filter)));
    }
    return switch (filter.substring(0, equals)) {
      case "id" -> each -> each.id().contains(value);
      case "name" -> each -> each.name().contains(value);
      case "ancestor" -> each -> imageId(each).contains(value) || imageName(each).contains(value);
      default ->
          throw OrderedArguments.usage(
              "parsing filter: invalid filter " + Quoted.of(filter.split("=", 2)[0]));
    };
  }

  private static String imageId(WorkingContainer container) {
    var id = container.base().id();
    return id == null ? "" : id.hex();
  }

  private static String imageName(WorkingContainer container) {
    return container.base().id() == null ? "scratch" : container.base().name();
  }
}
