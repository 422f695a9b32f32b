package dev.ocij.buildah.podman.volume;

import dev.ocij.buildah.podman.Failures;
import dev.ocij.buildah.podman.Values;
import dev.ocij.buildah.run.Containers;
import dev.ocij.buildah.run.Volume;
import dev.ocij.buildah.run.VolumeUse;
import dev.ocij.buildah.run.Volumes;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.store.Store;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `volume rm NAME…`: removes volumes with all that is in them.
public final class VolumeRmCommand implements Command {
  private static final int MISSING = 1;
  private static final int IN_USE = 2;

  private final Options options = Options.of(this, "Remove volumes with all that is in them.");
  private final Supplier<List<String>> names = options.arguments("NAME", 0, "of volumes");
  private final BooleanSupplier all = options.flag("-a, --all", "all volumes");
  private final BooleanSupplier force =
      options.flag("-f, --force", "with the containers that use them; missing ones are no error");
  private final StoreFlags store;

  public VolumeRmCommand(StoreFlags store) {
    options.text("-t, --time", "SECONDS", "accepted; a container is killed at once");
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    if (names.get().isEmpty() == !all.getAsBoolean()) {
      throw Values.usage("choose at least one volume, or all by --all, but not both");
    }
    Store opened = store.store();
    var volumes = new Volumes(opened.volumes());
    var wanted =
        all.getAsBoolean() ? volumes.list().stream().map(Volume::name).toList() : names.get();
    var failures = new Failures();
    for (var name : wanted) {
      attempt(opened, volumes, name, failures);
    }
    if (!failures.all().isEmpty()) {
      options.out().flush();
      options.err().println("Error: " + failures.sentence());
    }
    return status(failures.all());
  }

  private void attempt(Store opened, Volumes volumes, String name, Failures failures)
      throws IOException {
    try {
      var found = volumes.find(name).orElseThrow(() -> missing(name));
      free(opened, found.name());
      volumes.remove(found.name());
      options.out().println(name);
    } catch (OciException e) {
      if (!force.getAsBoolean() || e.category() != OciException.Category.NOT_FOUND) {
        failures.add(e);
      }
    }
  }

  private void free(Store opened, String name) throws IOException {
    var users = VolumeUse.of(opened).of(name);
    if (!users.isEmpty() && !force.getAsBoolean()) {
      throw new VolumeInUseException(name, users);
    }
    var containers = new Containers(opened);
    for (var id : users) {
      containers.remove(containers.find(id), true);
    }
  }

  private static OciException missing(String name) {
    return new OciException(
        OciException.Category.NOT_FOUND,
        "no volume with name %s found: no such volume".formatted(Quoted.of(name)));
  }

  private static int status(List<OciException> failures) {
    if (failures.isEmpty()) {
      return ExitCode.OK;
    }
    if (failures.stream().allMatch(e -> e.category() == OciException.Category.NOT_FOUND)) {
      return MISSING;
    }
    return failures.stream().anyMatch(VolumeInUseException.class::isInstance)
        ? IN_USE
        : ExitCode.TOOL_FAILED;
  }
}
