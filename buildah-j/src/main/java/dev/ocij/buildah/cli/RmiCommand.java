package dev.ocij.buildah.cli;

import dev.ocij.buildah.container.ImageInUseException;
import dev.ocij.buildah.container.WorkingContainers;
import dev.ocij.spec.OciException;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.transport.local.LocalImage;
import dev.ocij.transport.local.LocalImages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// `rmi IMAGE…`: removes names, and images with their last name.
public final class RmiCommand implements Command {
  private final Options options = Options.of(this, "Remove images from the local store.");
  private final Supplier<List<String>> typed = options.arguments("IMAGE", 0, "names or ids");
  private final BooleanSupplier all = options.flag("-a, --all", "remove all images");
  private final BooleanSupplier force =
      options.flag("-f, --force", "with their containers, and by an id with all names");
  private final BooleanSupplier prune =
      options.flag("-p, --prune", "remove the images that have no name");
  private final StoreFlags store;

  public RmiCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    checkUsage();
    var images = new LocalImages(store.store());
    var failures = new ArrayList<OciException>();
    for (var image : images.list()) {
      if (all.getAsBoolean() || (prune.getAsBoolean() && image.isDangling())) {
        attempt(failures, () -> remove(images, image));
      }
    }
    for (var image : typed.get()) {
      attempt(failures, () -> remove(images, image));
    }
    images.sweep();
    if (!failures.isEmpty()) {
      throw together(failures);
    }
    return ExitCode.OK;
  }

  private void checkUsage() {
    boolean several = all.getAsBoolean() || prune.getAsBoolean();
    if (several && !typed.get().isEmpty()) {
      throw usage(
          "when using the --%s switch, you may not pass any images names or IDs"
              .formatted(all.getAsBoolean() ? "all" : "prune"));
    }
    if (all.getAsBoolean() && prune.getAsBoolean()) {
      throw usage("when using the --all switch, you may not use --prune switch");
    }
    if (!several && typed.get().isEmpty()) {
      throw usage("image name or ID must be specified");
    }
  }

  /// Removes one image.
  private interface Attempt {
    LocalImages.Removal make() throws IOException;
  }

  private void attempt(List<OciException> failures, Attempt attempt) throws IOException {
    try {
      print(attempt.make());
    } catch (OciException e) {
      failures.add(e);
    }
  }

  private LocalImages.Removal remove(LocalImages images, LocalImage image) throws IOException {
    free(image);
    return images.remove(image);
  }

  /// A name of several goes whoever needs the image.
  private LocalImages.Removal remove(LocalImages images, String name) throws IOException {
    var image = images.find(name);
    if (image.names().size() <= 1 || LocalImages.meantName(image, name).isEmpty()) {
      free(image);
    }
    return images.remove(name, force.getAsBoolean());
  }

  /// @throws ImageInUseException where a working container would lose its image
  private void free(LocalImage image) throws IOException {
    var containers = new WorkingContainers(store.store());
    for (var container : containers.of(image)) {
      if (!force.getAsBoolean()) {
        throw new ImageInUseException(container.id());
      }
      containers.remove(container);
    }
  }

  private void print(LocalImages.Removal removal) {
    removal.untagged().forEach(name -> options.out().println("untagged: " + name));
    if (removal.removed() != null) {
      options.out().println(removal.removed().hex());
    }
  }

  /// The list of errors as buildah shows it.
  private static OciException together(List<OciException> failures) {
    var list =
        failures.stream()
            .map(failure -> "\t* " + failure.sentence() + "\n")
            .collect(Collectors.joining());
    return new OciException(
        failures.getFirst().category(),
        "%d error%s occurred:\n%s\n"
            .formatted(failures.size(), failures.size() == 1 ? "" : "s", list),
        failures.getFirst());
  }

  private static OciException usage(String sentence) {
    return new OciException(OciException.Category.USAGE, sentence);
  }
}
