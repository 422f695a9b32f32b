package dev.ocij.transport.directory;

import dev.ocij.spec.OciException;
import dev.ocij.transport.Sink;
import dev.ocij.transport.Source;
import dev.ocij.transport.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The transport `dir:`; what follows the colon is the path.
public record DirectoryTransport() implements Transport {
  @Override
  public String name() {
    return "dir";
  }

  @Override
  public Source openSource(String rest) {
    var directory = path(rest);
    if (!Files.isRegularFile(directory.manifest())) {
      throw new OciException(
          OciException.Category.IO,
          "open dir:%s: no such image: %s is missing".formatted(rest, directory.manifest()));
    }
    return new DirectorySource(directory);
  }

  @Override
  public Sink openSink(String rest) throws IOException {
    return DirectorySink.open(path(rest));
  }

  private static FlatDirectory path(String rest) {
    if (rest.isEmpty()) {
      throw new OciException(
          OciException.Category.USAGE, "invalid image name dir: the path is empty");
    }
    return new FlatDirectory(Path.of(rest));
  }
}
