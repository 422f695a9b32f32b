package dev.ocij.buildah.podman.image;

import dev.ocij.buildah.build.Delivery;
import dev.ocij.buildah.cli.LocalNames;
import dev.ocij.buildah.cli.Toolbox;
import dev.ocij.buildah.container.ChangedConfig;
import dev.ocij.buildah.overlay.StageImage;
import dev.ocij.buildah.overlay.StageLayers;
import dev.ocij.buildah.podman.Values;
import dev.ocij.copy.Fit;
import dev.ocij.copy.Progress;
import dev.ocij.image.Compression;
import dev.ocij.name.Location;
import dev.ocij.spec.Digest;
import dev.ocij.spec.History;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Platform;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.transport.local.LocalTransport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// `import FILE|- [NAME]`: makes an image of one layer of a tar, as `export` writes it, and prints
/// its id.
public final class ImportCommand implements Command {
  private final Options options = Options.of(this, "Make an image of a tar of files.");
  private final Supplier<List<String>> words =
      options.arguments("FILE", 1, "a tar, compressed or not, - for stdin; then a name");
  private final Supplier<List<String>> changes =
      options.texts("-c, --change", "INSTRUCTION", "change the configuration at last");
  private final Supplier<Optional<String>> message =
      options.text("-m, --message", "TEXT", "what its history says");
  private final Supplier<Optional<String>> os =
      options.text("--os", "NAME", "of its platform; default: this machine's");
  private final Supplier<Optional<String>> architecture =
      options.text("--arch", "NAME", "of its platform; default: this machine's");
  private final Supplier<Optional<String>> variant =
      options.text("--variant", "NAME", "of the architecture");
  private final Toolbox tools;

  public ImportCommand(StoreFlags store) {
    this.tools = new Toolbox(options, store);
    options.flag("-q, --quiet", "accepted; no progress is told");
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    if (words.get().size() > 2) {
      throw Values.usage("too many arguments: import FILE [NAME]");
    }
    var source = words.get().getFirst();
    if (source.matches("https?://.*")) {
      throw Values.notYet("import of a URL");
    }
    tools.store().create();
    var image = image(source).toImage(MediaType.OCI_MANIFEST);
    new Delivery(tools.transports(), Progress.SILENT, Fit.AS_IT_IS, List.of())
        .deliver(image, target());
    Digest id = image.manifest().config().digest();
    options.out().println(id);
    return ExitCode.OK;
  }

  private StageImage image(String source) throws IOException {
    var layers = new StageLayers(tools.store().images().blobs());
    var layer = layers.store(() -> Compression.decompressAny(open(source)));
    try {
      var _ = layers.tree(List.of(layer)).list("");
    } catch (OciException e) {
      throw new OciException(
          OciException.Category.INVALID,
          "import %s: it is no tar archive; what export writes is one".formatted(Quoted.of(source)),
          e);
    }
    var now = Instant.now();
    var scratch = StageImage.scratch(platform());
    var config = ChangedConfig.by(changes.get(), scratch.config()).withCreated(now);
    var history =
        new History(
            now,
            "/bin/sh -c #(nop) ADD file:%s in /".formatted(layer.diffId().hex()),
            null,
            comment(source),
            false);
    return scratch.withLayer(layer, config, history);
  }

  private String comment(String source) {
    return message.get().orElse("Imported from " + source);
  }

  private Platform platform() {
    var host = Platform.host();
    var name = os.get().orElse(host.os()) + "/" + architecture.get().orElse(host.architecture());
    return Platform.parse(variant.get().map(each -> name + "/" + each).orElse(name));
  }

  private static InputStream open(String source) {
    if (source.equals("-")) {
      return System.in;
    }
    try {
      return Files.newInputStream(Path.of(source));
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO, "import %s: %s".formatted(Quoted.of(source), Reason.of(e)), e);
    }
  }

  private Location target() {
    return LocalTransport.location(
        words.get().size() < 2 ? "" : LocalNames.complete(words.get().getLast()));
  }
}
