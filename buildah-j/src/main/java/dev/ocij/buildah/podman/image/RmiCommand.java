package dev.ocij.buildah.podman.image;

import dev.ocij.buildah.container.ImageInUseException;
import dev.ocij.buildah.podman.Failures;
import dev.ocij.buildah.podman.Values;
import dev.ocij.buildah.run.Containers;
import dev.ocij.spec.OciException;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.transport.local.LocalImages;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `rmi IMAGE…`: removes names, and images with their last name.
public final class RmiCommand implements Command {
  private static final int MISSING = 1;
  private static final int IN_USE = 2;

  private final Options options = Options.of(this, "Remove images from the local store.");
  private final Supplier<List<String>> typed = options.arguments("IMAGE", 0, "names or ids");
  private final BooleanSupplier all = options.flag("-a, --all", "remove all images");
  private final BooleanSupplier force =
      options.flag("-f, --force", "with their containers, and by an id with all names");
  private final BooleanSupplier ignore = options.flag("-i, --ignore", "missing ones are no error");
  private final StoreFlags store;

  public RmiCommand(StoreFlags store) {
    options.flag("--no-prune", "accepted; there are no intermediate images");
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    if (typed.get().isEmpty() && !all.getAsBoolean()) {
      throw Values.usage("image name or ID must be specified");
    }
    if (!typed.get().isEmpty() && all.getAsBoolean()) {
      throw Values.usage("when using the --all switch, you may not pass any images names or IDs");
    }
    var opened = store.store();
    new Containers(opened).sweep();
    var failures = removed(new ImageRemoval(opened, force.getAsBoolean()));
    new LocalImages(opened).sweep();
    if (!failures.all().isEmpty()) {
      options.out().flush();
      options.err().println("Error: " + failures.sentence());
    }
    return status(failures.all());
  }

  private Failures removed(ImageRemoval removal) throws IOException {
    var failures = new Failures();
    if (all.getAsBoolean()) {
      for (var image : new LocalImages(store.store()).list()) {
        attempt(failures, () -> removal.remove(image));
      }
    }
    for (var name : typed.get()) {
      attempt(failures, () -> removal.remove(name));
    }
    return failures;
  }

  /// Removes one image, and answers what is told of it.
  private interface Attempt {
    List<String> make() throws IOException;
  }

  private void attempt(Failures failures, Attempt attempt) throws IOException {
    try {
      attempt.make().forEach(options.out()::println);
    } catch (OciException e) {
      boolean passed = force.getAsBoolean() || ignore.getAsBoolean();
      if (e.category() != OciException.Category.NOT_FOUND || !passed) {
        failures.add(e);
      }
    }
  }

  private static int status(List<OciException> failures) {
    if (failures.isEmpty()) {
      return ExitCode.OK;
    }
    if (failures.stream().allMatch(e -> e.category() == OciException.Category.NOT_FOUND)) {
      return MISSING;
    }
    return failures.stream().anyMatch(ImageInUseException.class::isInstance)
        ? IN_USE
        : ExitCode.TOOL_FAILED;
  }
}
