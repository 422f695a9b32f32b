package dev.ocij.image;

import dev.ocij.spec.Descriptor;
import dev.ocij.spec.MediaType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A layer or a configuration: content whose descriptor is known beforehand, or becomes known as it
/// flows.
public sealed interface Blob {
  MediaType mediaType();

  /// The content, from the start each time. The caller closes it. A [Known] blob arrives verified:
  /// reading to the end without an exception means that the bytes are those of the descriptor.
  InputStream open() throws IOException;

  /// What its descriptor says beside type, digest and size. Of a [Fresh] blob this is known once
  /// all of it has flowed.
  Map<String, String> annotations();

  /// What it comes from: a known blob is its own origin; null where that is no blob.
  @Nullable Known origin();

  /// How the content of a blob is reached; opened any number of times.
  @FunctionalInterface
  interface Opener {
    InputStream open() throws IOException;

    /// The content from an offset on.
    default InputStream open(long offset) throws IOException {
      var content = open();
      content.skipNBytes(offset);
      return content;
    }
  }

  /// Content with a descriptor: it need not be moved where its digest already is.
  record Known(Descriptor descriptor, Opener opener) implements Blob {
    @Override
    public MediaType mediaType() {
      return descriptor.mediaType();
    }

    @Override
    public InputStream open() throws IOException {
      return new VerifiedInputStream(opener.open(), descriptor);
    }

    @Override
    public Map<String, String> annotations() {
      return descriptor.annotations();
    }

    @Override
    public Known origin() {
      return this;
    }

    public Known withDescriptor(Descriptor changed) {
      return new Known(changed, opener);
    }
  }

  /// Content that is made while it is read, as a layer that is compressed on its way.
  ///
  /// @param opener gives the same bytes each time: a transfer may begin anew, or go on where it
  ///   broke off
  /// @param notes its annotations, once it was read to the end
  record Fresh(
      MediaType mediaType,
      @Nullable Known origin,
      Opener opener,
      Supplier<Map<String, String>> notes)
      implements Blob {
    /// A blob without annotations.
    public Fresh(MediaType mediaType, @Nullable Known origin, Opener opener) {
      this(mediaType, origin, opener, Map::of);
    }

    @Override
    public Map<String, String> annotations() {
      return notes.get();
    }

    @Override
    public InputStream open() throws IOException {
      return opener.open();
    }
  }

  /// A blob of these bytes.
  static Known of(MediaType mediaType, byte[] content) {
    return new Known(Descriptor.of(mediaType, content), () -> new ByteArrayInputStream(content));
  }
}
