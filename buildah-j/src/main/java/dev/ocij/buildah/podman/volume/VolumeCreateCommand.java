package dev.ocij.buildah.podman.volume;

import dev.ocij.buildah.podman.Values;
import dev.ocij.buildah.run.ContainerNames;
import dev.ocij.buildah.run.Volume;
import dev.ocij.buildah.run.VolumeOptions;
import dev.ocij.buildah.run.Volumes;
import dev.ocij.linux.Directory;
import dev.ocij.spec.Quoted;
import dev.ocij.store.Store;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// `volume create [NAME]`: makes a volume, and prints its name.
public final class VolumeCreateCommand implements Command {
  private final Options options = Options.of(this, "Make a volume.");
  private final Supplier<List<String>> name =
      options.arguments("NAME", 0, "of the volume; default: one that is made up");
  private final Supplier<List<String>> labels =
      options.texts("-l, --label", "KEY=VALUE", "a label of the volume");
  private final Supplier<List<String>> choices =
      options.texts("-o, --opt", "KEY=VALUE", "type=tmpfs, or o=bind and device=DIR");
  private final Supplier<Optional<String>> driver =
      options.text("-d, --driver", "local", "who keeps it; there is one");
  private final BooleanSupplier ignore = options.flag("--ignore", "one that is there is no error");
  private final Supplier<Optional<String>> uid = options.text("--uid", "ID", "its owner");
  private final Supplier<Optional<String>> gid = options.text("--gid", "ID", "its group");
  private final StoreFlags store;

  public VolumeCreateCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    check();
    var given = name.get().isEmpty() ? "" : name.get().getFirst();
    Store opened = store.store();
    opened.create();
    var volumes = new Volumes(opened.volumes());
    var labelled = Values.pairs(labels.get().stream());
    var chosen = given.isEmpty() ? ContainerNames.newId() : given;
    var made = volumes.create(new Volume(chosen, Instant.now(), labelled, made(), given.isEmpty()));
    if (!made && !ignore.getAsBoolean()) {
      throw Values.usage(
          "volume with name %s already exists: volume already exists".formatted(chosen));
    }
    if (made) {
      own(volumes.content(chosen));
    }
    options.out().println(chosen);
    return ExitCode.OK;
  }

  private void check() {
    if (name.get().size() > 1) {
      throw Values.usage("too many arguments, create takes at most 1 argument");
    }
    driver
        .get()
        .filter(other -> !other.equals("local"))
        .ifPresent(other -> {
          throw Values.usage(
              "volume driver %s: no volume plugin with that name available: required plugin missing"
                  .formatted(Quoted.of(other)));
        });
    new VolumeOptions(made()).check();
  }

  private Map<String, String> made() {
    return Values.pairs(choices.get().stream());
  }

  private void own(Path content) throws IOException {
    var owners = Stream.of(uid, gid).map(Supplier::get).toList();
    if (owners.stream().allMatch(Optional::isEmpty)) {
      return;
    }
    try (var folder = Directory.open(content.resolveSibling("."))) {
      folder.setOwner(
          String.valueOf(content.getFileName()),
          Values.number(uid.get().orElse("0"), "uid"),
          Values.number(gid.get().orElse("0"), "gid"));
    }
  }
}
