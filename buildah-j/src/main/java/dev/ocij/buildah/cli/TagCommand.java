package dev.ocij.buildah.cli;

import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.transport.local.LocalImages;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/// `tag IMAGE NAME…`: gives an image more names.
public final class TagCommand implements Command {
  private final Options options = Options.of(this, "Give an image of the store more names.");
  private final Supplier<String> image = options.argument("IMAGE", "a name or an id");
  private final Supplier<List<String>> names = options.arguments("NAME", 1, "the new names");
  private final StoreFlags store;

  public TagCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var images = new LocalImages(store.store());
    for (var name : names.get()) {
      images.tag(image.get(), name);
    }
    return ExitCode.OK;
  }
}
