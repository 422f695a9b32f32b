package dev.ocij.transport.directory;

import dev.ocij.image.Document;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Reason;
import dev.ocij.transport.PathIdentity;
import dev.ocij.transport.Source;
import dev.ocij.trust.ImageIdentity;
import dev.ocij.trust.Signature;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The image in a directory.
record DirectorySource(FlatDirectory directory) implements Source {
  @Override
  public ImageIdentity identity() {
    return PathIdentity.of("dir", directory.path(), null);
  }

  @Override
  public Document document() throws IOException {
    return Document.of(readDocument(directory.manifest()), "");
  }

  @Override
  public Document member(Descriptor descriptor) throws IOException {
    var bytes = readDocument(directory.manifest(descriptor.digest()));
    return Document.of(bytes, descriptor.mediaType().value()).verified(descriptor.digest());
  }

  @Override
  public InputStream open(Descriptor descriptor) throws IOException {
    return open(directory.blob(descriptor.digest()));
  }

  @Override
  public List<Signature> signatures(Digest manifest) throws IOException {
    var instance = manifest.equals(document().digest()) ? null : manifest;
    var signatures = new ArrayList<Signature>();
    for (int number = 1; Files.exists(directory.signature(instance, number)); number++) {
      var file = directory.signature(instance, number);
      signatures.add(SignatureFile.read(readDocument(file), file.toString()));
    }
    return signatures;
  }

  @Override
  public void close() {}

  private static byte[] readDocument(Path file) throws IOException {
    try (var in = open(file)) {
      return in.readNBytes(Json.LARGEST_DOCUMENT + 1);
    }
  }

  /// Links, devices and pipes are no files of an image: opening them could lead anywhere, or hang.
  private static InputStream open(Path file) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new OciException(
          OciException.Category.INVALID, "read %s: not a regular file".formatted(file));
    }
    try {
      return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.INVALID, "read %s: %s".formatted(file, Reason.of(e)), e);
    }
  }
}
