package dev.ocij.transport.directory;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.transport.PathScopes;
import dev.ocij.transport.Sink;
import dev.ocij.transport.Source;
import dev.ocij.transport.Transport;
import dev.ocij.trust.ImageIdentity;
import java.io.IOException;
import java.nio.file.Path;

/// `dir:path`.
///
/// @param layers how layers are written
public record DirectoryTransport(Layers layers) implements Transport {
  /// What becomes of layers in a directory.
  public enum Layers {
    AS_THEY_ARE,
    COMPRESSED,
    PLAIN
  }

  public DirectoryTransport() {
    this(Layers.AS_THEY_ARE);
  }

  @Override
  public String name() {
    return "dir";
  }

  @Override
  public Source openSource(String rest) throws IOException {
    var files = new DirectoryFiles(path(rest));
    if (!files.has(DirectoryFiles.MANIFEST)) {
      throw new OciException(
          OciException.Category.IO,
          "open %s: no such file or directory"
              .formatted(Quoted.escape(path(rest).resolve(DirectoryFiles.MANIFEST).toString())));
    }
    return new DirectorySource(new ImageIdentity(name(), null, PathScopes.of(path(rest))), files);
  }

  @Override
  public Sink openSink(String rest) throws IOException {
    return DirectorySink.open(new DirectoryFiles(path(rest)), layers);
  }

  private static Path path(String rest) {
    if (rest.isEmpty()) {
      throw new OciException(
          OciException.Category.USAGE, "invalid image name \"dir:\": expected a path");
    }
    return Path.of(rest);
  }
}
