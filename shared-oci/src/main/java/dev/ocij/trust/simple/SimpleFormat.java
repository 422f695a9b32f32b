package dev.ocij.trust.simple;

import dev.ocij.trust.BadSignatureException;
import dev.ocij.trust.Signature;
import dev.ocij.trust.SignatureFormat;
import dev.ocij.trust.SignaturePayload;
import dev.ocij.trust.TrustedSigner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.bouncycastle.bcpg.SignatureSubpacketTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/// Verifies OpenPGP signed messages by keyrings. A key that is expired or revoked now counts no
/// more, whenever it signed: the time in a signature is only what its maker says.
public final class SimpleFormat implements SignatureFormat<Signature.Simple> {
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);
  private static final Set<Integer> KNOWN_CRITICAL =
      Set.of(
          SignatureSubpacketTags.CREATION_TIME,
          SignatureSubpacketTags.EXPIRE_TIME,
          SignatureSubpacketTags.ISSUER_KEY_ID,
          SignatureSubpacketTags.ISSUER_FINGERPRINT);

  private final Clock clock;

  public SimpleFormat(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Class<Signature.Simple> type() {
    return Signature.Simple.class;
  }

  @Override
  public Verifier<Signature.Simple> verifier(TrustedSigner trusted) {
    if (trusted instanceof TrustedSigner.Keys(var keys, var log) && log == null) {
      var keyring = Keyring.parse(keys.read());
      return signature -> verify(signature, keyring).claim();
    }
    throw SignatureFormat.unknownSigner(trusted, "simple");
  }

  /// What was signed, and the key that did it.
  record Verified(OpenPgpKey key, SignaturePayload payload) {
    private Claim claim() {
      return Claim.of(key.fingerprint(), payload);
    }
  }

  Verified verify(Signature.Simple signature, Keyring keyring) {
    var message = SignedMessage.parse(signature.message());
    var key =
        keyring
            .find(message.signature().getKeyID())
            .orElseThrow(() ->
                new BadSignatureException(
                    "Signature by key %016X is not accepted"
                        .formatted(message.signature().getKeyID())));
    requireSound(message, key, clock.instant());
    return new Verified(
        key, SignaturePayload.parse(message.content(), SignaturePayload.Kind.SIMPLE));
  }

  private static void requireSound(SignedMessage message, OpenPgpKey key, Instant now) {
    var signature = message.signature();
    Algorithms.requireStrong(signature);
    if (signature.getSignatureType() != PGPSignature.BINARY_DOCUMENT) {
      throw new BadSignatureException(
          "OpenPGP signature of type %d is not over data".formatted(signature.getSignatureType()));
    }
    key.requireUsable(now);
    requireHolds(message, key);
    requireCritical(signature);
    requireCurrent(signature, key, now);
  }

  private static void requireHolds(SignedMessage message, OpenPgpKey key) {
    try {
      message.signature().init(new BcPGPContentVerifierBuilderProvider(), key.key());
      message.signature().update(message.content());
      if (message.signature().verify()) {
        return;
      }
    } catch (PGPException | RuntimeException e) {
      throw new BadSignatureException("cryptographic signature verification failed", e);
    }
    throw new BadSignatureException("cryptographic signature verification failed");
  }

  private static void requireCritical(PGPSignature signature) {
    for (int tag : signature.getHashedSubPackets().getCriticalTags()) {
      if (!KNOWN_CRITICAL.contains(tag)) {
        throw new BadSignatureException(
            "OpenPGP signature with unknown critical subpacket %d".formatted(tag));
      }
    }
  }

  private static void requireCurrent(PGPSignature signature, OpenPgpKey key, Instant now) {
    var created = signature.getCreationTime().toInstant();
    if (created.isAfter(now.plus(CLOCK_SKEW))) {
      throw new BadSignatureException("Signature was made in the future");
    }
    if (created.isBefore(key.key().getCreationTime().toInstant())) {
      throw new BadSignatureException("Signature is older than its key");
    }
    long seconds = signature.getHashedSubPackets().getSignatureExpirationTime();
    if (seconds != 0 && !now.isBefore(created.plusSeconds(seconds))) {
      throw new BadSignatureException("Signature is expired");
    }
  }
}
