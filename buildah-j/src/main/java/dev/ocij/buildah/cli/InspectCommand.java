package dev.ocij.buildah.cli;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.GoJson;
import dev.ocij.term.GoTemplate;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.transport.local.LocalImages;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/// `inspect NAME`: what an image is.
public final class InspectCommand implements Command {
  private final Options options = Options.of(this, "Show what an image is.");
  private final Supplier<String> name = options.argument("NAME", "a name or an id");
  private final Supplier<Optional<String>> format =
      options.text("-f, --format", "TEMPLATE", "print this of it");
  private final Supplier<Optional<String>> type =
      options.text("-t, --type", "container|image", "what is meant");
  private final StoreFlags store;

  public InspectCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    requireImage();
    var found = new LocalImages(store.store()).find(name.get());
    if (found.config() == null) {
      throw new OciException(
          OciException.Category.USAGE,
          "inspect %s: it is no single image".formatted(Quoted.of(name.get())));
    }
    var shown = ImageInspection.of(found, store.store().images().blobs().read(found.id()));
    options
        .out()
        .println(
            format
                .get()
                .map(text -> GoTemplate.parse(text).render(GoFields.of(shown)))
                .orElseGet(() -> GoJson.indented(shown, 4)));
    return ExitCode.OK;
  }

  private void requireImage() {
    switch (type.get().orElse("image")) {
      case "image" -> {}
      case "container" ->
          throw new OciException(
              OciException.Category.UNSUPPORTED,
              "inspect --type container: working containers are not implemented yet");
      case String other ->
          throw new OciException(
              OciException.Category.USAGE,
              "the only recognized types are \"container\" and \"image\", not " + Quoted.of(other));
    }
  }
}
