package dev.ocij.trust.notation;

import dev.ocij.trust.BadSignatureException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an envelope of either kind says; nothing of it is believed yet.
///
/// @param signed what the signature is over; not to be changed
/// @param algorithm JWS's name or COSE's number
/// @param critical the headers that a reader must understand
/// @param chain the signer's certificate first
/// @param expiry null where it never ends
/// @param authenticTime when it was signed, by the word of a signing authority; null where there is
///   none
/// @param timestamp over the signature, of a clock; null where there is none; not to be changed
record NotaryEnvelope(
    byte[] signed,
    byte[] signature,
    byte[] payload,
    Object algorithm,
    String contentType,
    List<String> critical,
    String scheme,
    @Nullable Instant expiry,
    @Nullable Instant authenticTime,
    byte @Nullable [] timestamp,
    List<X509Certificate> chain) {
  static final String PAYLOAD = "application/vnd.cncf.notary.payload.v1+json";
  static final String SCHEME = "io.cncf.notary.signingScheme";
  static final String EXPIRY = "io.cncf.notary.expiry";
  static final String TIME = "io.cncf.notary.signingTime";
  static final String AUTHENTIC_TIME = "io.cncf.notary.authenticSigningTime";
  static final String TIMESTAMP = "io.cncf.notary.timestampSignature";
  static final String AGENT = "io.cncf.notary.signingAgent";
  static final String X509 = "notary.x509";
  static final String SIGNING_AUTHORITY = "notary.x509.signingAuthority";
  private static final Set<String> UNDERSTOOD = Set.of(SCHEME, EXPIRY, AUTHENTIC_TIME);

  NotaryEnvelope {
    critical = List.copyOf(critical);
    chain = List.copyOf(chain);
  }

  static NotaryEnvelope parse(String mediaType, byte[] envelope) {
    return switch (mediaType) {
      case Jws.MEDIA_TYPE -> Jws.parse(envelope);
      case Cose.MEDIA_TYPE -> Cose.parse(envelope);
      default ->
          throw new BadSignatureException("an envelope %s is not known".formatted(mediaType));
    };
  }

  /// Whether a signing authority stands for the time.
  boolean isByAuthority() {
    return scheme.equals(SIGNING_AUTHORITY);
  }

  /// @throws BadSignatureException where something in it must be understood and is not
  void requireSound() {
    if (!critical.contains(SCHEME)) {
      throw new BadSignatureException("the signing scheme is not critical");
    }
    for (var header : critical) {
      if (!UNDERSTOOD.contains(header)) {
        throw new BadSignatureException("unknown critical header \"%s\"".formatted(header));
      }
    }
    if (!scheme.equals(X509) && !isByAuthority()) {
      throw new BadSignatureException("signing scheme \"%s\" is not known".formatted(scheme));
    }
    if (isByAuthority() && (authenticTime == null || !critical.contains(AUTHENTIC_TIME))) {
      throw new BadSignatureException("the signing authority's time is not critical");
    }
    if (!contentType.equals(PAYLOAD)) {
      throw new BadSignatureException("unsupported payload type \"%s\"".formatted(contentType));
    }
    if (chain.isEmpty()) {
      throw new BadSignatureException("Signature has no certificate");
    }
  }

  /// @throws BadSignatureException where the signature is over
  void requireCurrent(Instant now) {
    if (expiry != null && now.isAfter(expiry)) {
      throw new BadSignatureException("Signature expired at " + expiry);
    }
  }
}
