package dev.ocij.buildah.cli;

import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.transport.local.ManifestLists;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `manifest create LIST [IMAGE…]`: begins a list.
public final class ManifestCreateCommand implements Command {
  private final Options options =
      Options.of(this, "Begin a list of images.").stoppingAtFirstArgument();
  private final Supplier<List<String>> words =
      options.arguments("LIST", 0, "its name, then images for it");
  private final BooleanSupplier all = options.flag("--all", "all images of an index");
  private final BooleanSupplier amend = options.flag("--amend", "go on with one that is there");
  private final Supplier<List<String>> annotations =
      options.texts("--annotation", "NAME=VALUE", "an annotation of the list");
  private final Toolbox tools;

  public ManifestCreateCommand(StoreFlags store) {
    this.tools = new Toolbox(options, store);
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var given = OrderedArguments.atLeast(1, words.get());
    var lists = new ManifestLists(tools.store());
    var annotated = Assignments.parse(Assignments.withValues(annotations.get()), Map.of());
    var id = lists.create(given.getFirst(), amend.getAsBoolean(), annotated);
    for (var image : given.subList(1, given.size())) {
      id = lists.add(given.getFirst(), new ListMembers(tools).of(image, all.getAsBoolean()));
    }
    options.out().println(id.hex());
    return ExitCode.OK;
  }
}
