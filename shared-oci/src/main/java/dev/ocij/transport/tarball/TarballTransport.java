package dev.ocij.transport.tarball;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.transport.Sink;
import dev.ocij.transport.Source;
import dev.ocij.transport.Transport;
import java.nio.file.Path;
import java.util.stream.Stream;

/// `tarball:path[:path…]`: an image for this machine whose layers are tar files, `-` for standard
/// input. It is read only.
public final class TarballTransport implements Transport {
  private final Path temporary;

  /// @param temporary the directory for what can be read only once
  public TarballTransport(Path temporary) {
    this.temporary = temporary;
  }

  @Override
  public String name() {
    return "tarball";
  }

  @Override
  public Source openSource(String rest) {
    var files = Stream.of(rest.split(":")).filter(file -> !file.isEmpty()).map(Path::of).toList();
    if (files.isEmpty()) {
      throw new OciException(
          OciException.Category.USAGE, "invalid image name \"tarball:\": expected a tar file");
    }
    return TarballSource.of(files, temporary);
  }

  @Override
  public Sink openSink(String rest) {
    throw new OciException(
        OciException.Category.UNSUPPORTED,
        "write tarball:%s: this transport can be read only; docker-archive: and oci-archive: write"
            .formatted(Quoted.escape(rest)));
  }
}
