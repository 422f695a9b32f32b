package dev.ocij.trust;

import dev.ocij.image.Document;

/// Makes signatures with one key, in one format.
public interface Signer {
  /// A signature over this manifest under this name.
  ///
  /// @param dockerReference the identity that goes into the payload, as `host/repository:tag`
  Signature sign(Document manifest, String dockerReference);
}
