package dev.ocij.transport;

import dev.ocij.image.Document;
import dev.ocij.spec.OciException;
import dev.ocij.trust.Signature;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// A medium that holds images, under the word before the colon of a location.
///
/// The `rest` that methods take is what follows that colon; each transport says what it means.
public interface Transport {
  /// The word before the colon, as `oci`.
  String name();

  /// Opens an image for reading; it exists when this returns. The caller closes it.
  ///
  /// @throws OciException of category `NOT_FOUND` where no such image is there
  Source openSource(String rest) throws IOException;

  /// What a name leads to, as far as the place tells that without sending it; empty where it does
  /// not tell, or where there is no such image.
  default Optional<Glimpse> glimpse(String rest) throws IOException {
    return Optional.empty();
  }

  /// Opens a place for writing one image. Nothing can be seen there under the image's name before
  /// [Sink#commit]. The caller closes it, committed or not.
  Sink openSink(String rest) throws IOException;

  /// Stores signatures with a manifest of an image that is there; none is taken away, and none is
  /// there twice.
  default void addSignatures(String rest, Document manifest, List<Signature> signatures)
      throws IOException {
    throw new OciException(
        OciException.Category.UNSUPPORTED,
        "sign %s:%s: not implemented for %s: images; sign while copying"
            .formatted(name(), rest, name()));
  }

  /// Removes an image, and what nothing else needs.
  default void delete(String rest) throws IOException {
    throw new OciException(
        OciException.Category.UNSUPPORTED,
        "delete %s:%s: deleting images not implemented for %s: images"
            .formatted(name(), rest, name()));
  }

  /// Removes a tag alone; what it led to keeps its other tags.
  default void deleteTag(String rest) throws IOException {
    throw new OciException(
        OciException.Category.UNSUPPORTED,
        "delete %s:%s: only registries know tags that are removed alone".formatted(name(), rest));
  }

  /// The full names that a typed one may mean here, to be tried in this order.
  ///
  /// @throws OciException where a person would have to choose
  default List<String> fullNames(String typed) {
    return List.of(typed);
  }

  /// The tags of a repository, or the names in an archive, in the order that the medium gives.
  default List<String> tags(String rest) throws IOException {
    throw new OciException(
        OciException.Category.USAGE,
        "Unsupported transport '%s' for tag listing. Only supported: docker, docker-archive"
            .formatted(name()));
  }
}
