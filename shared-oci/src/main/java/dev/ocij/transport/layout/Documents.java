package dev.ocij.transport.layout;

import dev.ocij.image.BlobSource;
import dev.ocij.image.Document;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.Json;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import dev.ocij.store.BlobStore;
import java.io.IOException;
import java.nio.file.Files;

/// Documents and payloads among the blobs: small enough to be held in memory, and verified.
final class Documents {
  private Documents() {}

  /// The manifest or index that a descriptor names.
  static Document read(BlobSource blobs, Descriptor descriptor) throws IOException {
    return Document.of(bytes(blobs, descriptor), descriptor.mediaType().value())
        .verified(descriptor.digest());
  }

  /// The manifest or index with this digest, whatever the layout says of it.
  ///
  /// @param layout for messages
  static Document find(BlobStore blobs, Digest digest, String layout) throws IOException {
    var file = blobs.path(digest);
    if (!Files.isRegularFile(file)) {
      throw new OciException(
          OciException.Category.NOT_FOUND,
          "open %s: no manifest has this digest there".formatted(layout));
    }
    var type = MediaType.of("application/octet-stream");
    var blob = Descriptor.of(type, digest, Files.size(file));
    return Document.of(bytes(blobs, blob), "").verified(digest);
  }

  /// The bytes of a small blob.
  ///
  /// @throws OciException of category `INVALID` where it is missing, or larger than documents may
  ///   be
  private static byte[] bytes(BlobSource blobs, Descriptor descriptor) throws IOException {
    if (descriptor.size() > Json.LARGEST_DOCUMENT) {
      throw new OciException(
          OciException.Category.INVALID,
          "read manifest %s: it is larger than %d bytes"
              .formatted(descriptor.digest(), Json.LARGEST_DOCUMENT));
    }
    try (var in = blobs.blob(descriptor).open()) {
      return in.readAllBytes();
    } catch (OciException e) {
      throw e.beyondTheImage();
    }
  }
}
