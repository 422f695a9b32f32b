package dev.ocij.transport.archive;

import dev.ocij.image.Blob;
import dev.ocij.name.Reference;
import dev.ocij.spec.OciException;
import dev.ocij.transport.Sink;
import dev.ocij.transport.Source;
import dev.ocij.trust.ImageIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The archive of one image as somebody sends it who has no file: a daemon.
///
/// @param location for messages
/// @param temporary the directory for temporary files
public record DockerArchiveStream(String location, Path temporary) {
  /// The image in an archive, which is read to its end first.
  public Source source(Blob.Opener archive, ImageIdentity identity) throws IOException {
    try (var in = archive.open()) {
      return source(TarFile.read(in, location, temporary), identity);
    }
  }

  /// An archive in the making; the image is there when `receiver` has taken it.
  public Sink sink(List<Reference.Tagged> names, ArchiveReceiver receiver) throws IOException {
    return DockerArchiveSink.of(
        location, TarOutput.to(receiver, DockerArchiveTransport.MODE, temporary), names);
  }

  private Source source(TarFile tar, ImageIdentity identity) throws IOException {
    try {
      var images = SavedImage.read(tar);
      if (images.size() != 1) {
        throw new OciException(
            OciException.Category.INVALID,
            "open %s: expected one image, found %d".formatted(location, images.size()));
      }
      return new DockerArchiveSource(tar, images.getFirst(), identity);
    } catch (IOException | RuntimeException e) {
      tar.close();
      throw e;
    }
  }
}
