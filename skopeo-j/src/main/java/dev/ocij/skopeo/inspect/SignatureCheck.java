package dev.ocij.skopeo.inspect;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ocij.image.Document;
import dev.ocij.spec.Digest;
import dev.ocij.trust.BadSignatureException;
import dev.ocij.trust.Signature;
import dev.ocij.trust.SignatureFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one signature of an image is worth, by those who are trusted.
///
/// @param kind `simple`, `sigstore`, `bundle` or `notation`
/// @param digest of the manifest that was asked about
/// @param platform of that manifest in its index; null where it was not asked for by one
/// @param identity the name that the signature gives the image; null where it gives none or does
///   not hold
/// @param key the key or the person that signed; null where it does not hold
/// @param predicate the type of what is said besides; null where it is nothing
/// @param result `verified`, or why not
public record SignatureCheck(
    @JsonProperty("kind") String kind,
    @JsonProperty("digest") Digest digest,
    @JsonProperty("platform") @Nullable String platform,
    @JsonProperty("identity") @Nullable String identity,
    @JsonProperty("keyHint") @Nullable String key,
    @JsonProperty("claims") @Nullable String predicate,
    @JsonProperty("result") String result) {
  private static final String VERIFIED = "verified";

  /// A manifest whose signatures are looked at.
  ///
  /// @param platform in its index, for people
  public record Subject(Document manifest, @Nullable String platform) {}

  /// Checks a signature of any format.
  public static SignatureCheck of(
      Signature signature,
      Subject subject,
      SignatureChecks.Wanted wanted,
      List<SignatureFormat<?>> formats) {
    for (var format : formats) {
      if (format.type().isInstance(signature)) {
        return of(format, signature, subject, wanted);
      }
    }
    throw new IllegalArgumentException("no format for " + signature.getClass());
  }

  /// What a policy says of a manifest as a whole.
  public static SignatureCheck accepted(Subject subject) {
    return new SignatureCheck(
        "policy", subject.manifest().digest(), subject.platform(), null, null, null, VERIFIED);
  }

  public boolean isVerified() {
    return result.equals(VERIFIED);
  }

  private static <S extends Signature> SignatureCheck of(
      SignatureFormat<S> format,
      Signature signature,
      Subject subject,
      SignatureChecks.Wanted wanted) {
    try {
      var claim = format.verifier(wanted.signer()).verify(format.type().cast(signature));
      if (!claim.isOf(subject.manifest())) {
        return refused(signature, subject, "it is for the digest " + claim.manifests().getFirst());
      }
      var said = claim.predicate();
      boolean counts = said == null || said.equals(wanted.predicate());
      return new SignatureCheck(
          signature.kind(),
          subject.manifest().digest(),
          subject.platform(),
          claim.dockerReference(),
          claim.key(),
          said,
          counts ? VERIFIED : "it does not say " + wanted.predicate());
    } catch (BadSignatureException e) {
      return refused(signature, subject, e.sentence());
    }
  }

  private static SignatureCheck refused(Signature signature, Subject subject, String reason) {
    return new SignatureCheck(
        signature.kind(),
        subject.manifest().digest(),
        subject.platform(),
        null,
        null,
        null,
        reason);
  }
}
