package dev.ocij.buildah.cli;

import dev.ocij.spec.Descriptor;
import dev.ocij.spec.ImageManifest;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `history IMAGE`: how an image came to be, the last step first.
public final class HistoryCommand implements Command {
  private static final Listing LISTING =
      new Listing(
          Listing.table(List.of("ID", "Created", "CreatedBy", "Size", "Comment")),
          Map.of("CreatedSince", "CREATED"));

  private final Options options = Options.of(this, "Show how an image came to be.");
  private final Supplier<String> image = options.argument("IMAGE", "a name or an id");
  private final Supplier<Optional<String>> format =
      options.text("--format", "json|TEMPLATE", "print each entry so");
  private final Supplier<Optional<Boolean>> human =
      options.choice("-H, --human", "times and sizes for people; default: true");
  private final BooleanSupplier whole = options.flag("--no-trunc", "cut nothing");
  private final BooleanSupplier quiet = options.flag("-q, --quiet", "print ids alone");
  private final StoreFlags store;

  public HistoryCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var rows = rows();
    if (format.get().filter("json"::equals).isPresent()) {
      options.out().println(GoJson.compact(Json.array(rows.stream().map(HistoryRow::json))));
    } else if (quiet.getAsBoolean()) {
      rows.forEach(row -> options.out().println(row.shownId(whole.getAsBoolean())));
    } else {
      boolean forPeople = human.get().orElse(true);
      var fields = rows.stream().map(row -> row.fields(whole.getAsBoolean(), forPeople)).toList();
      LISTING.print(options.out(), format.get().orElse(""), true, fields);
    }
    return ExitCode.OK;
  }

  private List<HistoryRow> rows() throws IOException {
    var found = new LocalImages(store.store()).find(image.get());
    if (found.config() == null) {
      throw OrderedArguments.usage(
          "history %s: it is no single image".formatted(Quoted.of(image.get())));
    }
    var manifest = Json.read(found.document().bytes(), ImageManifest::from, "manifest");
    var sizes = manifest.layers().stream().map(Descriptor::size).toList();
    return HistoryRow.of(found, sizes, Instant.now());
  }
}
