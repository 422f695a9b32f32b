package dev.ocij.trust;

import java.util.List;

/// One way to sign images, as a policy sees it: keys in, verified claims out. [PolicyFile] gets the
/// formats from outside, so that it knows none of their libraries.
///
/// @param <S> the stored form of its signatures
public interface SignatureFormat<S extends Signature> {
  Class<S> type();

  /// What verifies signatures by any of these keys.
  ///
  /// @param keys the content of key files; how one looks is the format's business
  /// @throws dev.ocij.spec.OciException of category `INVALID` where one is not a usable public key
  Verifier<S> verifier(List<byte[]> keys);

  /// Tells whether one of some keys made a signature.
  @FunctionalInterface
  interface Verifier<S extends Signature> {
    /// What the signature claims. Nothing of it was parsed before the signature held.
    ///
    /// @throws BadSignatureException where it does not hold, with the reason
    Claim verify(S signature);
  }

  /// What a key's owner said of an image.
  ///
  /// @param key the key that said so, as its format names keys
  record Claim(String key, SignaturePayload payload) {}
}
