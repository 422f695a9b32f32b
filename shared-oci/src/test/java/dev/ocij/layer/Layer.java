package dev.ocij.layer;

import dev.ocij.image.Blob;
import dev.ocij.spec.Digest;
import dev.ocij.spec.MediaType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/// A small layer made by description and held in memory.
///
/// @param tar the plain archive
public record Layer(byte[] tar) {
  /// The layer that a description adds up to:
  ///
  /// ```java
  /// Layer.of(layout -> {
  ///   layout.directory("/etc", Attributes.DIRECTORY);
  ///   layout.file("/etc/motd", Attributes.FILE, "hello\n");
  /// });
  /// ```
  public static Layer of(Consumer<Layout> description) {
    var bytes = new ByteArrayOutputStream();
    try (var writer = new LayerWriter(bytes)) {
      description.accept(new Layout(writer));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return new Layer(bytes.toByteArray());
  }

  /// The digest of the plain archive, as an image configuration lists it.
  public Digest diffId() {
    return Digest.of(tar);
  }

  public InputStream open() {
    return new ByteArrayInputStream(tar);
  }

  /// This layer as an uncompressed blob of an OCI image.
  public Blob.Known blob() {
    return Blob.of(MediaType.OCI_LAYER, tar);
  }

  /// This layer as part of a tree.
  public LayeredTree.Part part() {
    try (var in = open()) {
      return new LayeredTree.Part(TarIndex.read(in), TarContent.of(this::open));
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }
}
