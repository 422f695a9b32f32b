package dev.ocij.buildah.cli;

import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.LaterFlags;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.transport.local.ManifestLists;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `manifest add LIST IMAGE`: puts an image into a list.
public final class ManifestAddCommand implements Command {
  private final Options options =
      Options.of(this, "Put an image into a list.").stoppingAtFirstArgument();
  private final Supplier<List<String>> words =
      options.arguments("LIST IMAGE", 0, "which list, and a name or transport:reference");
  private final BooleanSupplier all = options.flag("--all", "all images of an index");
  private final EntryFlags entry = new EntryFlags(options);
  private final LaterFlags later =
      new LaterFlags(options)
          .switches("--artifact", "--artifact-exclude-titles")
          .values("--artifact-type", "--artifact-config", "--artifact-config-type")
          .values("--artifact-layer-type", "--artifact-subject", "--artifact-annotation");
  private final Toolbox tools;

  public ManifestAddCommand(StoreFlags store) {
    this.tools = new Toolbox(options, store);
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
      throw OrderedArguments.usage("At least a list image and an image to add must be specified");
    }
    var lists = new ManifestLists(tools.store());
    lists.read(given.getFirst());
    var members =
        new ListMembers(tools)
            .of(given.getLast(), all.getAsBoolean()).stream().map(entry::apply).toList();
    var id = lists.add(given.getFirst(), members);
    members.forEach(member -> options.out().println(id.hex() + ": " + member.digest()));
    return ExitCode.OK;
  }
}
