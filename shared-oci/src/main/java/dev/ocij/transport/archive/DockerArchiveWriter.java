package dev.ocij.transport.archive;

import dev.ocij.name.Reference;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.transport.Sink;
import dev.ocij.transport.Source;
import dev.ocij.transport.Transport;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// An archive as `docker save` writes it, of any number of images: each is written by the transport
/// for its names, then [#finish] makes the archive visible. Closing without that leaves nothing.
public final class DockerArchiveWriter implements Closeable {
  private final String location;
  private final SavedImages images;

  private DockerArchiveWriter(String location, SavedImages images) {
    this.location = location;
    this.images = images;
  }

  /// @param temporary the directory for temporary files
  /// @throws OciException where there is an archive already
  public static DockerArchiveWriter open(Path archive, Path temporary) throws IOException {
    var location = "docker-archive:" + Quoted.escape(archive.toString());
    DockerArchiveTransport.requireNew(archive, location);
    var tar = TarOutput.open(archive, DockerArchiveTransport.MODE, temporary);
    return new DockerArchiveWriter(location, new SavedImages(location, tar));
  }

  /// What the next image is written by.
  ///
  /// @param names that it gets
  public Transport named(List<Reference.Tagged> names) {
    return new Named(location, images, List.copyOf(names));
  }

  public void finish() throws IOException {
    images.finish();
  }

  @Override
  public void close() throws IOException {
    images.close();
  }

  private record Named(String location, SavedImages images, List<Reference.Tagged> names)
      implements Transport {
    @Override
    public String name() {
      return "docker-archive";
    }

    @Override
    public Source openSource(String rest) {
      throw new OciException(
          OciException.Category.UNSUPPORTED,
          "read %s: the archive is not written yet".formatted(location));
    }

    @Override
    public Sink openSink(String rest) {
      return DockerArchiveSink.oneOfSeveral(location, images, names);
    }
  }
}
