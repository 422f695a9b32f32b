package dev.ocij.skopeo.inspect;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ocij.image.Document;
import dev.ocij.spec.Digest;
import dev.ocij.trust.BadSignatureException;
import dev.ocij.trust.KeySource;
import dev.ocij.trust.Signature;
import dev.ocij.trust.SignatureFormat;
import dev.ocij.trust.TrustedSigner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one signature beside an image is worth, by the keys that were given.
///
/// @param kind `simple` or `sigstore`
/// @param digest of the manifest that was asked about
/// @param identity the name that the signature gives the image; null where it does not hold
/// @param result `verified`, or why not
public record SignatureCheck(
    @JsonProperty("kind") String kind,
    @JsonProperty("digest") Digest digest,
    @JsonProperty("identity") @Nullable String identity,
    @JsonProperty("result") String result) {
  private static final String VERIFIED = "verified";

  /// Checks a signature of any format by keys, each the content of a key file.
  public static SignatureCheck of(
      Signature signature, Document manifest, List<byte[]> keys, List<SignatureFormat<?>> formats) {
    for (var format : formats) {
      if (format.type().isInstance(signature)) {
        return of(format, signature, manifest, keys);
      }
    }
    throw new IllegalArgumentException("no format for " + signature.getClass());
  }

  /// The short name of a signature's format.
  public static String kind(Signature signature) {
    return switch (signature) {
      case Signature.Simple _ -> "simple";
      case Signature.Sigstore _ -> "sigstore";
    };
  }

  public boolean isVerified() {
    return result.equals(VERIFIED);
  }

  private static <S extends Signature> SignatureCheck of(
      SignatureFormat<S> format, Signature signature, Document manifest, List<byte[]> keys) {
    var signer = TrustedSigner.Keys.of(KeySource.ofData(keys));
    var kind = kind(signature);
    try {
      var claim = format.verifier(signer).verify(format.type().cast(signature));
      return claim.manifest().equals(manifest.digest())
          ? new SignatureCheck(kind, manifest.digest(), claim.dockerReference(), VERIFIED)
          : new SignatureCheck(
              kind, manifest.digest(), null, "it is for the digest " + claim.manifest());
    } catch (BadSignatureException e) {
      return new SignatureCheck(kind, manifest.digest(), null, e.sentence());
    }
  }
}
