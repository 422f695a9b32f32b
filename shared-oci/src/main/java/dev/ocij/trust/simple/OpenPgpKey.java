package dev.ocij.trust.simple;

import dev.ocij.trust.BadSignatureException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.bcpg.SignatureSubpacketTags;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/// A key that signs, and the primary key that speaks for it; the same one where it signs itself.
/// Only what the primary key signed counts, and only its hashed part.
record OpenPgpKey(PGPPublicKey primary, PGPPublicKey key) {
  private static final Set<Integer> CERTIFICATIONS =
      Set.of(
          PGPSignature.DEFAULT_CERTIFICATION,
          PGPSignature.NO_CERTIFICATION,
          PGPSignature.CASUAL_CERTIFICATION,
          PGPSignature.POSITIVE_CERTIFICATION);

  String fingerprint() {
    return Fingerprint.of(key);
  }

  String primaryFingerprint() {
    return Fingerprint.of(primary);
  }

  /// @throws BadSignatureException where the key must not sign data at this time
  void requireUsable(Instant now) {
    Algorithms.requireStrong(primary);
    Algorithms.requireStrong(key);
    var statement = current(now);
    requireFor(statement, KeyFlags.SIGN_DATA, "signing");
    if (!isPrimary()) {
      requireBackSignature(statement);
    }
  }

  /// @throws BadSignatureException where nothing must be encrypted for the key at this time
  void requireEncrypts(Instant now) {
    Algorithms.requireStrong(primary);
    var statement = current(now);
    if (!key.isEncryptionKey()) {
      throw bad(key, "is not for encryption");
    }
    requireFor(statement, KeyFlags.ENCRYPT_COMMS | KeyFlags.ENCRYPT_STORAGE, "encryption");
  }

  /// What the primary key says of the key, which is neither revoked nor expired.
  private PGPSignature current(Instant now) {
    requireNotRevoked(primary, PGPSignature.KEY_REVOCATION);
    var self = newest(selfSignatures());
    requireCurrent(primary, self, now);
    if (isPrimary()) {
      return self;
    }
    requireNotRevoked(key, PGPSignature.SUBKEY_REVOCATION);
    var binding = newest(signatures(key, PGPSignature.SUBKEY_BINDING));
    requireCurrent(key, binding, now);
    return binding;
  }

  private boolean isPrimary() {
    return primary.getKeyID() == key.getKeyID();
  }

  private void requireNotRevoked(PGPPublicKey which, int type) {
    if (!signatures(which, type).isEmpty()) {
      throw bad(which, "is revoked");
    }
  }

  private void requireCurrent(PGPPublicKey which, PGPSignature statement, Instant now) {
    var created = which.getCreationTime().toInstant();
    if (created.isAfter(now)) {
      throw bad(which, "was created in the future");
    }
    long seconds = statement.getHashedSubPackets().getKeyExpirationTime();
    if (seconds != 0 && !now.isBefore(created.plusSeconds(seconds))) {
      throw bad(which, "is expired");
    }
  }

  private void requireFor(PGPSignature statement, int flags, String purpose) {
    boolean unstated =
        isPrimary()
            && statement.getHashedSubPackets().getSubpacket(SignatureSubpacketTags.KEY_FLAGS)
                == null;
    if (!unstated && (statement.getHashedSubPackets().getKeyFlags() & flags) == 0) {
      throw bad(key, "is not for " + purpose);
    }
  }

  /// A subkey that signs must say itself that it belongs to the primary key, else a stranger's key
  /// could be adopted.
  private void requireBackSignature(PGPSignature binding) {
    try {
      for (var embedded : binding.getHashedSubPackets().getEmbeddedSignatures()) {
        if (isBackSignature(embedded)) {
          return;
        }
      }
      for (var embedded : binding.getUnhashedSubPackets().getEmbeddedSignatures()) {
        if (isBackSignature(embedded)) {
          return;
        }
      }
    } catch (PGPException _) {
      throw bad(key, "has a malformed binding");
    }
    throw bad(key, "has not confirmed its primary key");
  }

  private boolean isBackSignature(PGPSignature embedded) throws PGPException {
    if (embedded.getSignatureType() != PGPSignature.PRIMARYKEY_BINDING
        || !Algorithms.isStrong(embedded)) {
      return false;
    }
    embedded.init(new BcPGPContentVerifierBuilderProvider(), key);
    return embedded.verifyCertification(primary, key);
  }

  /// What the primary key says of itself, under names that it has not revoked.
  private List<PGPSignature> selfSignatures() {
    var found = new ArrayList<>(signatures(primary, PGPSignature.DIRECT_KEY));
    Iterator<byte[]> names = primary.getRawUserIDs();
    while (names.hasNext()) {
      var name = names.next();
      var said =
          bySelf(primary.getSignaturesForID(name)).filter(s -> verifiesName(s, name)).toList();
      boolean revoked =
          said.stream()
              .anyMatch(s -> s.getSignatureType() == PGPSignature.CERTIFICATION_REVOCATION);
      if (!revoked) {
        found.addAll(said);
      }
    }
    return found;
  }

  private boolean verifiesName(PGPSignature signature, byte[] name) {
    boolean relevant =
        CERTIFICATIONS.contains(signature.getSignatureType())
            || signature.getSignatureType() == PGPSignature.CERTIFICATION_REVOCATION;
    return relevant && verifies(signature, () -> signature.verifyCertification(name, primary));
  }

  /// The signatures of one type on a key that the primary key made.
  private List<PGPSignature> signatures(PGPPublicKey which, int type) {
    boolean own = which.getKeyID() == primary.getKeyID();
    return bySelf(which.getSignaturesOfType(type))
        .filter(s ->
            verifies(
                s,
                () -> own ? s.verifyCertification(primary) : s.verifyCertification(primary, which)))
        .toList();
  }

  private Stream<PGPSignature> bySelf(Iterator<PGPSignature> signatures) {
    var found = new ArrayList<PGPSignature>();
    signatures.forEachRemaining(found::add);
    return found.stream().filter(s -> s.getKeyID() == primary.getKeyID());
  }

  private boolean verifies(PGPSignature signature, Check check) {
    if (!Algorithms.isStrong(signature)) {
      return false;
    }
    try {
      signature.init(new BcPGPContentVerifierBuilderProvider(), primary);
      return check.holds();
    } catch (PGPException | RuntimeException _) {
      return false;
    }
  }

  private PGPSignature newest(List<PGPSignature> statements) {
    Optional<PGPSignature> newest =
        statements.stream().max(Comparator.comparing(PGPSignature::getCreationTime));
    return newest.orElseThrow(() -> bad(key, "has no valid self-signature"));
  }

  private static BadSignatureException bad(PGPPublicKey key, String what) {
    return new BadSignatureException("key %s %s".formatted(Fingerprint.of(key), what));
  }

  @FunctionalInterface
  private interface Check {
    boolean holds() throws PGPException;
  }
}
