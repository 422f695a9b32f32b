package dev.ocij.buildah.cli;

import dev.ocij.spec.Digest;
import dev.ocij.store.Store;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.transport.local.LocalImages;
import dev.ocij.transport.local.ManifestLists;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/// `manifest remove LIST MEMBER`: takes an image out of a list.
public final class ManifestRemoveCommand implements Command {
  private final Options options =
      Options.of(this, "Take an image out of a list.").stoppingAtFirstArgument();
  private final Supplier<List<String>> words =
      options.arguments("LIST MEMBER", 0, "which list, and the digest of the member");
  private final StoreFlags store;

  public ManifestRemoveCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var given = OrderedArguments.atLeast(2, words.get());
    if (given.size() > 2) {
      throw OrderedArguments.usage(
          "At least a list image and the digest of a member must be specified");
    }
    var member = digest(given.getLast(), store.store());
    var id = new ManifestLists(store.store()).remove(given.getFirst(), member);
    options.out().println(id.hex() + ": " + member);
    return ExitCode.OK;
  }

  /// A digest, or that of an image of the store by its name.
  static Digest digest(String typed, Store store) throws IOException {
    return typed.contains(":") && typed.startsWith("sha")
        ? Digest.parse(typed)
        : new LocalImages(store).find(typed).document().digest();
  }
}
