package dev.ocij.buildah.cli;

import dev.ocij.spec.Descriptor;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
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
  private final ArtifactFlags artifact = new ArtifactFlags(options);
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
    var given = OrderedArguments.atLeast(2, words.get());
    var lists = new ManifestLists(tools.store());
    lists.read(given.getFirst());
    try (var _ = tools.store().images().use()) {
      var members = members(given.subList(1, given.size())).stream().map(entry::apply).toList();
      var id = lists.add(given.getFirst(), members);
      members.forEach(member -> options.out().println(id.hex() + ": " + member.digest()));
    }
    return ExitCode.OK;
  }

  private List<Descriptor> members(List<String> given) throws IOException {
    if (artifact.isOn()) {
      return List.of(artifact.store(tools, given));
    }
    if (given.size() > 1) {
      throw OrderedArguments.usage("too many arguments specified");
    }
    return new ListMembers(tools).of(given.getFirst(), all.getAsBoolean());
  }
}
