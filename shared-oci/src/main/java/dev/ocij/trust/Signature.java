package dev.ocij.trust;

import java.util.Map;

/// A signature as it is stored beside an image, not verified yet.
public sealed interface Signature {
  /// An OpenPGP signed message over a JSON payload: containers-signature(5), "simple signing".
  ///
  /// @param message binary packets; not to be changed
  record Simple(byte[] message) implements Signature {}

  /// A signature as cosign stores it: one layer of the image under the tag `<algorithm>-<hex>.sig`.
  ///
  /// @param mediaType of the payload
  /// @param payload what was signed; not to be changed
  /// @param annotations of the layer, the signature itself among them
  record Sigstore(String mediaType, byte[] payload, Map<String, String> annotations)
      implements Signature {
    public static final String PAYLOAD_TYPE = "application/vnd.dev.cosign.simplesigning.v1+json";
    public static final String SIGNATURE_ANNOTATION = "dev.cosignproject.cosign/signature";

    public Sigstore {
      annotations = Map.copyOf(annotations);
    }
  }
}
