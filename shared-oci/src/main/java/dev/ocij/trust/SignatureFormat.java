package dev.ocij.trust;

import dev.ocij.image.Document;
import dev.ocij.spec.Digest;
import dev.ocij.spec.OciException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One way to sign images, as a policy sees it: whom to trust in, verified claims out. [PolicyFile]
/// gets the formats from outside, so that it knows none of their libraries.
///
/// @param <S> the stored form of its signatures
public interface SignatureFormat<S extends Signature> {
  Class<S> type();

  /// What verifies signatures of those who are trusted.
  ///
  /// @throws OciException of category `INVALID` where a key or certificate is none, or
  ///   `UNSUPPORTED` where this format knows no such signers
  Verifier<S> verifier(TrustedSigner trusted);

  /// Tells whether somebody trusted made a signature.
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
  /// @param manifests what it said it of
  /// @param dockerReference the name that the signer gave the image; any text; null where the
  ///   format names none
  /// @param predicate what was said besides: the predicate type of an attestation; null where it
  ///   was only signed
  record Claim(
      String key,
      List<Digest> manifests,
      @Nullable String dockerReference,
      @Nullable String predicate) {
    public Claim {
      manifests = List.copyOf(manifests);
    }

    public static Claim of(String key, SignaturePayload payload) {
      return new Claim(key, List.of(payload.manifest()), payload.dockerReference(), null);
    }

    /// Whether it is about this document, by whatever algorithm.
    public boolean isOf(Document document) {
      return manifests.stream().anyMatch(digest -> isOf(document, digest));
    }

    private static boolean isOf(Document document, Digest digest) {
      var algorithm = digest.algorithm();
      var hash = algorithm.newHash().digest(document.bytes());
      return Digest.from(algorithm, hash).equals(digest);
    }
  }

  /// The refusal of signers that a format does not know.
  static OciException unknownSigner(TrustedSigner trusted, String format) {
    return new OciException(
        OciException.Category.UNSUPPORTED,
        "%s signatures by a %s are not implemented yet"
            .formatted(format, trusted.getClass().getSimpleName()));
  }
}
