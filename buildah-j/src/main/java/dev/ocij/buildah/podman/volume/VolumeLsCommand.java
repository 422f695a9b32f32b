package dev.ocij.buildah.podman.volume;

import dev.ocij.buildah.cli.Listing;
import dev.ocij.buildah.run.VolumeUse;
import dev.ocij.buildah.run.Volumes;
import dev.ocij.spec.Json;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.term.template.GoJson;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `volume ls`: lists volumes.
public final class VolumeLsCommand implements Command {
  private static final Listing LISTING =
      new Listing(Listing.table(List.of("Driver", "Name")), Map.of("Name", "VOLUME NAME"));

  private final Options options = Options.of(this, "List volumes.");
  private final Supplier<List<String>> filters =
      options.texts("-f, --filter", "KEY=VALUE", "only such volumes");
  private final Supplier<Optional<String>> format =
      options.text("--format", "json|TEMPLATE", "print each volume so");
  private final BooleanSupplier noHeading = options.flag("-n, --noheading", "print no heading");
  private final BooleanSupplier quiet = options.flag("-q, --quiet", "print names alone");
  private final StoreFlags store;

  public VolumeLsCommand(StoreFlags store) {
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
      rows.forEach(row -> options.out().println(row.volume().name()));
    } else if (format.get().filter("json"::equals).isPresent()) {
      options.out().println(GoJson.indented(Json.array(rows.stream().map(VolumeRow::json)), 2));
    } else {
      var fields = rows.stream().map(VolumeRow::fields).toList();
      LISTING.print(options.out(), format.get().orElse(""), !noHeading.getAsBoolean(), fields);
    }
    return ExitCode.OK;
  }

  private List<VolumeRow> rows() throws IOException {
    var opened = store.store();
    var volumes = new Volumes(opened.volumes());
    var use = VolumeUse.of(opened);
    return volumes.list().stream()
        .filter(new VolumeFilters(use, Instant.now()).parse(filters.get()))
        .map(each -> new VolumeRow(each, volumes.content(each.name()), use.of(each.name()).size()))
        .toList();
  }
}
