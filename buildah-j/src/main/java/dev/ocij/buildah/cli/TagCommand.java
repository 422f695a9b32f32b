package dev.ocij.buildah.cli;

import dev.ocij.spec.Quoted;
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
  private final Options options =
      Options.of(this, "Give an image of the store more names.").stoppingAtFirstArgument();
  private final Supplier<List<String>> words =
      options.arguments("IMAGE NAME", 0, "a name or an id, then the new names");
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
    var given = OrderedArguments.atLeast(2, words.get());
    for (var name : given.subList(1, given.size())) {
      if (name.contains("@")) {
        throw OrderedArguments.usage(Quoted.escape(name) + ": tag by digest not supported");
      }
      images.tag(given.getFirst(), name);
    }
    return ExitCode.OK;
  }
}
