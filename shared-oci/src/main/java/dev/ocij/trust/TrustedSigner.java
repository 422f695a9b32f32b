package dev.ocij.trust;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whose signatures count.
public sealed interface TrustedSigner {
  /// Whoever holds one of these keys.
  ///
  /// @param log keys of the transparency log that must have seen the signature; null where none
  ///   need have
  record Keys(KeySource keys, @Nullable KeySource log) implements TrustedSigner {
    public static Keys of(KeySource keys) {
      return new Keys(keys, null);
    }
  }

  /// A person to whom Fulcio gave a certificate for some minutes; the log tells when it was used.
  ///
  /// @param authorities certificates that must have issued theirs
  /// @param issuer who vouched for the person to Fulcio
  /// @param log keys of the transparency log
  record Person(KeySource authorities, String issuer, String email, KeySource log)
      implements TrustedSigner {}

  /// Somebody to whom an authority of a trusted root gave a certificate for some minutes.
  ///
  /// @param root sigstore's `trusted_root.json`
  /// @param issuer who vouched for them to the authority
  /// @param identity their email address or URI
  record Keyless(KeySource root, String issuer, String identity) implements TrustedSigner {}

  /// Whoever has a certificate of one's own authorities with this name.
  ///
  /// @param intermediates certificates between the roots and the signer's, beside those that come
  ///   with the signature
  record Certified(
      KeySource roots, KeySource intermediates, @Nullable String email, @Nullable String host)
      implements TrustedSigner {}

  /// Whoever has a certificate of some authorities, as the Notary Project has it.
  ///
  /// @param identities `*`, or `x509.subject:` with the parts that a subject must have
  record Notary(KeySource authorities, List<String> identities, NotaryRules rules)
      implements TrustedSigner {
    public Notary {
      identities = List.copyOf(identities);
    }

    /// Anybody whom they certified.
    public static Notary of(KeySource authorities) {
      return new Notary(authorities, List.of("*"), NotaryRules.NOW);
    }
  }
}
