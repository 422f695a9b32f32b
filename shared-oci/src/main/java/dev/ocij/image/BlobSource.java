package dev.ocij.image;

import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.OciException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;

/// Where the blobs of an image are read from.
@FunctionalInterface
public interface BlobSource {
  /// The raw bytes that the place has for this descriptor; the caller closes the stream. Nothing is
  /// verified here: [Blob.Known] does that.
  ///
  /// @throws OciException of category `NOT_FOUND` where the place has none
  InputStream open(Descriptor descriptor) throws IOException;

  /// As [#open(Descriptor)], from an offset on: what goes on where another attempt stopped.
  default InputStream open(Descriptor descriptor, long offset) throws IOException {
    var content = open(descriptor);
    content.skipNBytes(offset);
    return content;
  }

  /// The size of a blob, for images of schema 1, whose manifests do not tell it.
  ///
  /// @throws OciException of category `NOT_FOUND` where the place has no such blob, `UNSUPPORTED`
  ///   where it has no images of schema 1
  default long size(Digest digest) throws IOException {
    throw new OciException(
        OciException.Category.UNSUPPORTED,
        "find the size of blob %s: images of schema 1 are read from registries and directories only"
            .formatted(digest));
  }

  /// The blob, opened when it is read; a descriptor's own `data` comes before the place.
  default Blob.Known blob(Descriptor descriptor) {
    var data = descriptor.data();
    if (data == null) {
      return new Blob.Known(descriptor, new Place(this, descriptor));
    }
    return new Blob.Known(descriptor, () -> new ByteArrayInputStream(decode(data, descriptor)));
  }

  private static byte[] decode(String data, Descriptor descriptor) {
    try {
      return Base64.getDecoder().decode(data);
    } catch (IllegalArgumentException e) {
      throw new OciException(
          OciException.Category.INVALID,
          "descriptor of %s: its data is not base64".formatted(descriptor.digest()),
          e);
    }
  }

  /// One blob of a place.
  record Place(BlobSource source, Descriptor descriptor) implements Blob.Opener {
    @Override
    public InputStream open() throws IOException {
      return source.open(descriptor);
    }

    @Override
    public InputStream open(long offset) throws IOException {
      return source.open(descriptor, offset);
    }
  }
}
