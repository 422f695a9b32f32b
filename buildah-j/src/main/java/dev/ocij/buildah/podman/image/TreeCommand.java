package dev.ocij.buildah.podman.image;

import dev.ocij.buildah.podman.Values;
import dev.ocij.spec.ImageManifest;
import dev.ocij.spec.Json;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Human;
import dev.ocij.term.LaterFlags;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.transport.local.LocalImage;
import dev.ocij.transport.local.LocalImages;
import java.io.IOException;
import java.util.Objects;
import java.util.function.Supplier;

/// `image tree IMAGE`: the layers of an image, base first.
public final class TreeCommand implements Command {
  private final Options options = Options.of(this, "Show the layers of an image.");
  private final Supplier<String> image = options.argument("IMAGE", "a name or an id");
  private final LaterFlags later = new LaterFlags(options).switches("--whatrequires");
  private final StoreFlags store;

  public TreeCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    later.refuse();
    var found = new LocalImages(store.store()).find(image.get());
    if (found.config() == null) {
      throw Values.usage("tree of %s: it is no single image".formatted(Quoted.of(image.get())));
    }
    var names = String.join(" ", found.names());
    options.out().println("Image ID: " + found.id().shortHex());
    options.out().println("Tags:     [%s]".formatted(names));
    options.out().println("Size:     " + size(found.size()));
    options.out().println("Image Layers");
    layers(found, names);
    options.out().println();
    return ExitCode.OK;
  }

  private void layers(LocalImage found, String names) {
    var manifest = Json.read(found.document().bytes(), ImageManifest::from, "manifest");
    var diffIds = Objects.requireNonNull(found.config()).rootfs().diffIds();
    for (int i = 0; i < diffIds.size(); i++) {
      boolean last = i == diffIds.size() - 1;
      options
          .out()
          .println(
              "%s ID: %s Size: %7s%s"
                  .formatted(
                      last ? "└──" : "├──",
                      diffIds.get(i).shortHex(),
                      size(manifest.layers().get(i).size()),
                      last ? " Top Layer of: [%s]".formatted(names) : ""));
    }
  }

  private static String size(long bytes) {
    return Human.size(bytes).replace(" ", "");
  }
}
