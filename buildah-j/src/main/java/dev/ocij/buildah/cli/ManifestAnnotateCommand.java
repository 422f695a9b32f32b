package dev.ocij.buildah.cli;

import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.LaterFlags;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.transport.local.ManifestLists;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/// `manifest annotate LIST MEMBER`: changes what a list says of a member.
public final class ManifestAnnotateCommand implements Command {
  private final Options options =
      Options.of(this, "Change what a list says of a member.").stoppingAtFirstArgument();
  private final Supplier<List<String>> words =
      options.arguments("LIST MEMBER", 0, "which list, and a digest or the name of an image");
  private final EntryFlags entry = new EntryFlags(options);
  private final LaterFlags later = new LaterFlags(options).switches("--index").values("--subject");
  private final StoreFlags store;

  public ManifestAnnotateCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    later.refuse();
    var given = OrderedArguments.of(words.get());
    if (given.size() != 2) {
      throw OrderedArguments.usage(
          "At least a list image and the digest of a member must be specified");
    }
    var member = ManifestRemoveCommand.digest(given.getLast(), store.store());
    var id = new ManifestLists(store.store()).annotate(given.getFirst(), member, entry::apply);
    options.out().println(id.hex() + ": " + member);
    return ExitCode.OK;
  }
}
