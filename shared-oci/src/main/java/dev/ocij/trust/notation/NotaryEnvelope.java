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
record NotaryEnvelope(
    byte[] signed,
    byte[] signature,
    byte[] payload,
    Object algorithm,
    String contentType,
    List<String> critical,
    String scheme,
    @Nullable Instant expiry,
    List<X509Certificate> chain) {
  static final String PAYLOAD = "application/vnd.cncf.notary.payload.v1+json";
  static final String SCHEME = "io.cncf.notary.signingScheme";
  static final String EXPIRY = "io.cncf.notary.expiry";
  static final String TIME = "io.cncf.notary.signingTime";
  static final String X509 = "notary.x509";
  private static final Set<String> UNDERSTOOD = Set.of(SCHEME, EXPIRY);

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

  /// @throws BadSignatureException where something in it must be understood and is not, or is over
  void requireSound(Instant now) {
    if (!critical.contains(SCHEME)) {
      throw new BadSignatureException("the signing scheme is not critical");
    }
    for (var header : critical) {
      if (!UNDERSTOOD.contains(header)) {
        throw new BadSignatureException("unknown critical header \"%s\"".formatted(header));
      }
    }
    if (!scheme.equals(X509)) {
      throw new BadSignatureException(
          "signing scheme \"%s\" not implemented yet".formatted(scheme));
    }
    if (!contentType.equals(PAYLOAD)) {
      throw new BadSignatureException("unsupported payload type \"%s\"".formatted(contentType));
    }
    if (chain.isEmpty()) {
      throw new BadSignatureException("Signature has no certificate");
    }
    if (expiry != null && now.isAfter(expiry)) {
      throw new BadSignatureException("Signature expired at " + expiry);
    }
  }
}
