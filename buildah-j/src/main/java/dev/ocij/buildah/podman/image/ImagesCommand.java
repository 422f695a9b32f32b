package dev.ocij.buildah.podman.image;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.buildah.cli.Listing;
import dev.ocij.buildah.podman.Values;
import dev.ocij.spec.Json;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.term.template.GoJson;
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

/// `images [NAME]`: the images of the store, a line for each name.
public final class ImagesCommand implements Command {
  private static final Map<String, String> TITLES =
      Map.of(
          "ID", "IMAGE ID",
          "CreatedSince", "CREATED",
          "CreatedTime", "CREATED",
          "History", "HISTORY");

  private final Options options = Options.of(this, "List the images of the local store.");
  private final Supplier<List<String>> name = options.arguments("NAME", 0, "images of this name");
  private final BooleanSupplier digests = options.flag("--digests", "show digests");
  private final BooleanSupplier history = options.flag("--history", "show former names");
  private final BooleanSupplier noHeading = options.flag("-n, --noheading", "print no heading");
  private final BooleanSupplier whole = options.flag("--no-trunc", "print whole ids");
  private final BooleanSupplier quiet = options.flag("-q, --quiet", "print ids alone");
  private final Supplier<List<String>> filters =
      options.texts("-f, --filter", "KEY=VALUE", "show only such images");
  private final Supplier<Optional<String>> format =
      options.text("--format", "json|TEMPLATE", "print each image so");
  private final Supplier<Optional<String>> sort =
      options.text("--sort", "created|id|repository|size|tag", "by what; default: created");
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
    var rows = rows();
    if (quiet.getAsBoolean()) {
      rows.stream().map(ImageRow::id).distinct().forEach(options.out()::println);
    } else if (format.get().filter("json"::equals).isPresent()) {
      options.out().println(GoJson.indented(Json.array(rows.stream().map(ImageRow::json)), 4));
    } else {
      List<ObjectNode> fields = rows.stream().map(ImageRow::fields).toList();
      new Listing(table(), TITLES)
          .print(options.out(), format.get().orElse(""), !noHeading.getAsBoolean(), fields);
    }
    return ExitCode.OK;
  }

  private List<ImageRow> rows() throws IOException {
    var opened = store.store();
    var images = new LocalImages(opened);
    var use = ImageUse.of(opened);
    var now = Instant.now();
    var wanted = new ImageFilters(images, use, now).parse(filters());
    return images.list().stream()
        .filter(wanted)
        .flatMap(image -> ImageRow.of(image, use.count(image), now, whole.getAsBoolean()).stream())
        .sorted(order())
        .toList();
  }

  private List<String> filters() {
    var names = name.get();
    if (names.size() > 1) {
      throw Values.usage("accepts at most 1 arg(s), received " + names.size());
    }
    if (!names.isEmpty() && !filters.get().isEmpty()) {
      throw Values.usage("cannot specify an image and a filter(s)");
    }
    var all = new ArrayList<>(filters.get());
    names.forEach(typed -> all.add("reference=" + typed));
    return all;
  }

  private Comparator<ImageRow> order() {
    return switch (sort.get().orElse("created")) {
      case "created" -> Comparator.comparing((ImageRow row) -> row.image().created()).reversed();
      case "id" -> Comparator.comparing(ImageRow::id);
      case "repository" -> Comparator.comparing(ImageRow::repository).thenComparing(ImageRow::tag);
      case "size" -> Comparator.comparingLong(row -> row.image().size());
      case "tag" -> Comparator.comparing(ImageRow::tag);
      case String other ->
          throw Values.usage(
              "invalid sort flag %s: expected created, id, repository, size or tag"
                  .formatted(Quoted.of(other)));
    };
  }

  private String table() {
    var columns = new ArrayList<>(List.of("Repository", "Tag"));
    if (digests.getAsBoolean()) {
      columns.add("Digest");
    }
    columns.addAll(List.of("ID", "CreatedSince", "Size"));
    if (history.getAsBoolean()) {
      columns.add("History");
    }
    return Listing.table(columns);
  }
}
