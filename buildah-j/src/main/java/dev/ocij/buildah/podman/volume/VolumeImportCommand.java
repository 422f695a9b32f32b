package dev.ocij.buildah.podman.volume;

import dev.ocij.buildah.run.Volumes;
import dev.ocij.image.Compression;
import dev.ocij.layer.UnpackRules;
import dev.ocij.layer.Unpacker;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/// `volume import NAME TAR`: unpacks a tar into a volume, over what is there.
public final class VolumeImportCommand implements Command {
  private final Options options = Options.of(this, "Unpack a tar into a volume.");
  private final Supplier<String> name = options.argument("NAME", "of a volume");
  private final Supplier<String> source =
      options.argument("TAR", "an archive, compressed or not, or - for standard input");
  private final StoreFlags store;

  public VolumeImportCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var volumes = new Volumes(store.store().volumes());
    var found = volumes.find(name.get()).orElseThrow(() -> missing(name.get()));
    var rules =
        new UnpackRules(UnpackRules.Whiteouts.APPLIED, UnpackRules.ofThisProcess().ownership());
    try (var tar = Compression.decompressAny(open())) {
      new Unpacker(rules).unpack(tar, volumes.content(found.name()));
    }
    return ExitCode.OK;
  }

  static OciException missing(String name) {
    return new OciException(
        OciException.Category.NOT_FOUND, "no such volume " + Quoted.escape(name));
  }

  private InputStream open() {
    if (source.get().equals("-")) {
      return System.in;
    }
    try {
      return Files.newInputStream(Path.of(source.get()));
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO,
          "import %s: %s".formatted(Quoted.of(source.get()), Reason.of(e)),
          e);
    }
  }
}
