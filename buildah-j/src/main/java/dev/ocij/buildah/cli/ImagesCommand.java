package dev.ocij.buildah.cli;

import dev.ocij.spec.Json;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.term.Table;
import dev.ocij.term.template.GoJson;
import dev.ocij.transport.local.ImageFilter;
import dev.ocij.transport.local.LocalImage;
import dev.ocij.transport.local.LocalImages;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `images [NAME]`: the images of the store.
public final class ImagesCommand implements Command {
  private static final Map<String, String> TITLES =
      Map.of(
          "Name", "REPOSITORY",
          "Tag", "TAG",
          "ID", "IMAGE ID",
          "CreatedAt", "CREATED",
          "Size", "SIZE",
          "Digest", "DIGEST",
          "ReadOnly", "R/O",
          "History", "HISTORY");

  private final Options options =
      Options.of(this, "List the images of the local store.").stoppingAtFirstArgument();
  private final Supplier<List<String>> name = options.arguments("NAME", 0, "this image alone");
  private final BooleanSupplier digests = options.flag("--digests", "show digests");
  private final BooleanSupplier json = options.flag("--json", "print JSON");
  private final BooleanSupplier noHeading = options.flag("-n, --noheading", "print no heading");
  private final BooleanSupplier whole = options.flag("--no-trunc, --notruncate", "print whole ids");
  private final BooleanSupplier quiet = options.flag("-q, --quiet", "print ids alone");
  private final BooleanSupplier history = options.flag("--history", "show former names");
  private final Supplier<List<String>> filters =
      options.texts("-f, --filter", "KEY=VALUE", "show only such images");
  private final Supplier<Optional<String>> format =
      options.text("--format", "TEMPLATE", "print each image so");
  private final StoreFlags store;

  public ImagesCommand(StoreFlags store) {
    options.flag("-a, --all", "accepted; there are no intermediate images");
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
    var shown = wanted(new LocalImages(store.store()));
    if (json.getAsBoolean()) {
      printJson(shown);
      return ExitCode.OK;
    }
    var rows =
        shown.stream()
            .sorted(Comparator.comparing(LocalImage::created).reversed())
            .flatMap(image -> ImageRow.of(image, Instant.now(), whole.getAsBoolean()).stream())
            .toList();
    if (quiet.getAsBoolean()) {
      rows.stream().map(ImageRow::id).distinct().forEach(options.out()::println);
    } else if (format.get().isPresent()) {
      new TemplateTable(TITLES)
          .print(options.out(), format.get().get(), rows.stream().map(ImageRow::fields).toList());
    } else {
      printTable(rows);
    }
    return ExitCode.OK;
  }

  private List<LocalImage> wanted(LocalImages images) throws IOException {
    var given = OrderedArguments.of(name.get());
    if (given.size() > 1) {
      throw OrderedArguments.usage("'buildah images' requires at most 1 argument");
    }
    if (!given.isEmpty()) {
      return List.of(images.find(given.getFirst()));
    }
    var all = images.list();
    for (var filter : filters.get()) {
      var condition = ImageFilter.parse(filter, images);
      all = all.stream().filter(condition).toList();
    }
    return all;
  }

  private void printJson(List<LocalImage> shown) {
    var rows =
        shown.stream()
            .map(image -> new ImageRow(image, "", Instant.now(), whole.getAsBoolean()).json());
    options.out().println(GoJson.indented(Json.array(rows), 4));
  }

  private void printTable(List<ImageRow> rows) {
    var table = new Table();
    if (!noHeading.getAsBoolean()) {
      table.row(heading().toArray(String[]::new));
    }
    for (var row : rows) {
      table.row(row.cells(digests.getAsBoolean(), history.getAsBoolean()).toArray(String[]::new));
    }
    options.out().print(table);
  }

  private List<String> heading() {
    var cells = new ArrayList<>(List.of("REPOSITORY", "TAG"));
    if (digests.getAsBoolean()) {
      cells.add("DIGEST");
    }
    cells.addAll(List.of("IMAGE ID", "CREATED", "SIZE"));
    if (history.getAsBoolean()) {
      cells.add("HISTORY");
    }
    return cells;
  }
}
