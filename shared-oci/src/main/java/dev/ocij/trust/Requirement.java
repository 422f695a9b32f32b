package dev.ocij.trust;

/// One demand of a policy: containers-policy.json(5), "POLICY REQUIREMENTS".
public sealed interface Requirement {
  /// Whether a signature alone can meet it.
  default boolean isOfSignatures() {
    return switch (this) {
      case InsecureAcceptAnything _ -> false;
      case Reject _, SignedBy _, SignedBaseLayer _, SigstoreSigned _ -> true;
      case BundleSigned _, NotationSigned _, Unimplemented _ -> true;
    };
  }

  record InsecureAcceptAnything() implements Requirement {}

  record Reject() implements Requirement {}

  /// A simple signature by one of the OpenPGP keys.
  record SignedBy(KeySource keys, SignedIdentity identity) implements Requirement {}

  /// Known to the format and implemented by nobody: it refuses.
  record SignedBaseLayer(SignedIdentity identity) implements Requirement {}

  /// A signature as cosign attaches it, by somebody trusted.
  record SigstoreSigned(TrustedSigner signer, SignedIdentity identity) implements Requirement {}

  /// A sigstore bundle by somebody trusted, of which nobody else's policy knows. It names no image
  /// but by its digest.
  ///
  /// @param predicate what it must say: the predicate type
  record BundleSigned(TrustedSigner signer, String predicate) implements Requirement {
    /// What cosign says of an image that it signs.
    public static final String SIGNED = "https://sigstore.dev/cosign/sign/v1";
  }

  /// An envelope of the Notary Project by somebody trusted, of which nobody else's policy knows. It
  /// names no image but by its digest.
  record NotationSigned(TrustedSigner signer) implements Requirement {}

  /// A demand of the format that this program cannot check: it refuses.
  ///
  /// @param feature what is missing, for the reason
  record Unimplemented(String feature) implements Requirement {}
}
