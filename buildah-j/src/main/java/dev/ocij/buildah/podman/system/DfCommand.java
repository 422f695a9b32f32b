package dev.ocij.buildah.podman.system;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.buildah.cli.Listing;
import dev.ocij.buildah.podman.Values;
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
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// `system df`: what is kept takes of the disk.
public final class DfCommand implements Command {
  private static final Listing LISTING =
      new Listing(
          Listing.table(List.of("Type", "Total", "Active", "Size", "Reclaimable")), Map.of());

  private final Options options = Options.of(this, "Show what takes space of the disk.");
  private final Supplier<Optional<String>> format =
      options.text("--format", "json|TEMPLATE", "print each kind so");
  private final BooleanSupplier details = options.flag("-v, --verbose", "each thing by itself");
  private final StoreFlags store;

  public DfCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    if (details.getAsBoolean()) {
      if (format.get().isPresent()) {
        throw Values.usage("cannot combine --format and --verbose flags");
      }
      options.out().print(new DiskDetails(store.store()).text());
      return ExitCode.OK;
    }
    List<ObjectNode> rows = Usage.of(store.store()).stream().map(Usage::json).toList();
    if (format.get().filter("json"::equals).isPresent()) {
      options
          .out()
          .println(
              rows.stream()
                  .map(row -> "    " + GoJson.compact(row))
                  .collect(Collectors.joining(",\n", "[\n", "\n]")));
    } else {
      LISTING.print(options.out(), format.get().orElse(""), true, rows);
    }
    return ExitCode.OK;
  }
}
