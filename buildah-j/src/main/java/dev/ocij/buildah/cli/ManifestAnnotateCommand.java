package dev.ocij.buildah.cli;

import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.transport.local.ManifestLists;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `manifest annotate LIST MEMBER`: changes what a list says of a member.
public final class ManifestAnnotateCommand implements Command {
  private final Options options =
      Options.of(this, "Change what a list says of a member.").stoppingAtFirstArgument();
  private final Supplier<List<String>> words =
      options.arguments("LIST MEMBER", 0, "which list, and a digest or the name of an image");
  private final EntryFlags entry = new EntryFlags(options);
  private final BooleanSupplier index =
      options.flag("--index", "annotate the list itself, not a member");
  private final Supplier<Optional<String>> subject =
      options.text("--subject", "IMAGE", "what the list is about");
  private final Toolbox tools;

  public ManifestAnnotateCommand(StoreFlags store) {
    this.tools = new Toolbox(options, store);
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    boolean whole = index.getAsBoolean() || subject.get().isPresent();
    var given = OrderedArguments.atLeast(whole ? 1 : 2, words.get());
    if (given.size() > 2) {
      throw OrderedArguments.usage("too many arguments specified");
    }
    if (whole) {
      annotateList(given.getFirst());
    }
    if (given.size() == 2) {
      annotateMember(given.getFirst(), given.getLast());
    }
    return ExitCode.OK;
  }

  private void annotateMember(String list, String typed) throws IOException {
    var member = ManifestRemoveCommand.digest(typed, tools.store());
    var id = new ManifestLists(tools.store()).annotate(list, member, entry::apply);
    options.out().println(id.hex() + ": " + member);
  }

  private void annotateList(String list) throws IOException {
    var lists = new ManifestLists(tools.store());
    lists.read(list);
    var about = subject.get();
    var annotations = index.getAsBoolean() ? entry.annotations() : Map.<String, String>of();
    try (var _ = tools.store().images().use()) {
      var found = about.isPresent() ? new ListMembers(tools).subject(about.get()) : null;
      options.out().println(lists.annotate(list, annotations, found).hex());
    }
  }
}
