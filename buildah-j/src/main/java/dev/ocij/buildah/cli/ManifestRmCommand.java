package dev.ocij.buildah.cli;

import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.transport.local.LocalImages;
import dev.ocij.transport.local.ManifestLists;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/// `manifest rm LIST…`: removes lists; images with names of their own stay.
public final class ManifestRmCommand implements Command {
  private final Options options = Options.of(this, "Remove lists.").stoppingAtFirstArgument();
  private final Supplier<List<String>> words = options.arguments("LIST", 0, "their names");
  private final StoreFlags store;

  public ManifestRmCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var images = new LocalImages(store.store());
    for (var name : OrderedArguments.atLeast(1, words.get())) {
      new ManifestLists(store.store()).read(name);
      var removal = images.remove(name, false);
      removal.untagged().forEach(gone -> options.out().println("untagged: " + gone));
      if (removal.removed() != null) {
        options.out().println(removal.removed().hex());
      }
    }
    images.sweep();
    return ExitCode.OK;
  }
}
