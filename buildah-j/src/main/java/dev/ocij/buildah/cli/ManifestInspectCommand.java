package dev.ocij.buildah.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.spec.Json;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.GoJson;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.transport.local.ManifestLists;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/// `manifest inspect LIST`: what a list has.
public final class ManifestInspectCommand implements Command {
  private final Options options =
      Options.of(this, "Show what a list has.").stoppingAtFirstArgument();
  private final Supplier<List<String>> words = options.arguments("LIST", 0, "its name");
  private final StoreFlags store;

  public ManifestInspectCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var name = OrderedArguments.only(OrderedArguments.atLeast(1, words.get()));
    var index = new ManifestLists(store.store()).read(name);
    var shown = (ObjectNode) Json.readTree(Json.write(index), "manifest list");
    if (index.manifests().isEmpty()) {
      shown.putNull("manifests");
    }
    options.out().println(GoJson.indented(shown, 4));
    return ExitCode.OK;
  }
}
