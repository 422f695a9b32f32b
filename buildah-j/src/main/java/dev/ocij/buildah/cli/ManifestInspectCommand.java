package dev.ocij.buildah.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.name.Location;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.term.template.GoJson;
import dev.ocij.transport.Transports;
import dev.ocij.transport.local.LocalImages;
import dev.ocij.transport.local.ManifestLists;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/// `manifest inspect LIST`: what a list has, of the store or else of a registry.
public final class ManifestInspectCommand implements Command {
  private final Options options =
      Options.of(this, "Show what a list has.").stoppingAtFirstArgument();
  private final Supplier<List<String>> words = options.arguments("LIST", 0, "its name");
  private final Toolbox tools;

  public ManifestInspectCommand(StoreFlags store) {
    this.tools = new Toolbox(options, store);
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var name = OrderedArguments.only(OrderedArguments.atLeast(1, words.get()));
    var shown = (ObjectNode) Json.readTree(list(name), "manifest list");
    if (shown.path("manifests").isEmpty()) {
      shown.putNull("manifests");
    }
    options.out().println(GoJson.indented(shown, 4));
    return ExitCode.OK;
  }

  /// A name of no registry is one of the store alone.
  private byte[] list(String name) throws IOException {
    var transports = tools.transports();
    boolean known = new LocalImages(tools.store()).search(name).isPresent();
    return known || !ImagePull.namesPlace(name, transports)
        ? Json.write(new ManifestLists(tools.store()).read(name))
        : remote(ImagePull.location(name, transports), transports);
  }

  private static byte[] remote(Location list, Transports transports) throws IOException {
    try (var source = transports.openSource(list)) {
      var document = source.document();
      if (!document.mediaType().isIndex()) {
        throw new OciException(
            OciException.Category.UNSUPPORTED,
            "manifest is of type %s (not a list type)".formatted(document.mediaType()));
      }
      return document.bytes();
    }
  }
}
