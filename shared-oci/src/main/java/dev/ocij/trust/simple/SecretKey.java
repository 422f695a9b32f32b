package dev.ocij.trust.simple;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import dev.ocij.trust.BadSignatureException;
import dev.ocij.trust.Passphrase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPLiteralData;
import org.bouncycastle.openpgp.PGPLiteralDataGenerator;
import org.bouncycastle.openpgp.PGPPrivateKey;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSecretKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.bc.BcPGPSecretKeyRingCollection;
import org.bouncycastle.openpgp.operator.bc.BcPBESecretKeyDecryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;

/// A secret key that was exported to a file, opened.
record SecretKey(PGPPublicKey publicKey, PGPPrivateKey privateKey) implements MessageSigner {
  /// The key of a file that may sign: a subkey before the primary key, the newest first, as gpg
  /// chooses.
  static SecretKey read(Path file, Passphrase passphrase, Instant now) {
    try (var in = PGPUtil.getDecoderStream(Files.newInputStream(file))) {
      var chosen = choose(new BcPGPSecretKeyRingCollection(in), file, now);
      return new SecretKey(chosen.getPublicKey(), open(chosen, passphrase, file));
    } catch (PGPException e) {
      throw new OciException(
          OciException.Category.INVALID,
          "read secret key \"%s\": %s".formatted(file, Quoted.escape(Reason.of(e))),
          e);
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO, "read secret key \"%s\": %s".formatted(file, Reason.of(e)), e);
    }
  }

  @Override
  public byte[] sign(byte[] content) {
    var message = new ByteArrayOutputStream();
    try {
      var signer = generator();
      signer.generateOnePassVersion(false).encode(message);
      try (var literal =
          new PGPLiteralDataGenerator()
              .open(message, PGPLiteralData.BINARY, "", content.length, PGPLiteralData.NOW)) {
        literal.write(content);
      }
      signer.update(content);
      signer.generate().encode(message);
    } catch (IOException | PGPException e) {
      throw new OciException(
          OciException.Category.IMPOSSIBLE,
          "sign with key %s: %s".formatted(Fingerprint.of(publicKey), Reason.of(e)),
          e);
    }
    return message.toByteArray();
  }

  private PGPSignatureGenerator generator() throws PGPException {
    var builder = new BcPGPContentSignerBuilder(publicKey.getAlgorithm(), HashAlgorithmTags.SHA256);
    var generator = new PGPSignatureGenerator(builder, publicKey);
    generator.init(PGPSignature.BINARY_DOCUMENT, privateKey);
    var hashed = new PGPSignatureSubpacketGenerator();
    hashed.setIssuerFingerprint(false, publicKey);
    generator.setHashedSubpackets(hashed.generate());
    var unhashed = new PGPSignatureSubpacketGenerator();
    unhashed.setIssuerKeyID(false, publicKey.getKeyID());
    generator.setUnhashedSubpackets(unhashed.generate());
    return generator;
  }

  private static PGPSecretKey choose(BcPGPSecretKeyRingCollection rings, Path file, Instant now) {
    var usable = new ArrayList<PGPSecretKey>();
    var refusals = new ArrayList<String>();
    for (var ring : rings) {
      for (var key : ring) {
        try {
          new OpenPgpKey(ring.getPublicKey(), key.getPublicKey()).requireUsable(now);
          if (!key.isPrivateKeyEmpty()) {
            usable.add(key);
          }
        } catch (BadSignatureException e) {
          refusals.add(e.sentence());
        }
      }
    }
    return usable.stream()
        .min(
            Comparator.comparing(PGPSecretKey::isMasterKey)
                .thenComparing(
                    key -> key.getPublicKey().getCreationTime(), Comparator.reverseOrder()))
        .orElseThrow(() ->
            new OciException(
                OciException.Category.INVALID,
                "read secret key \"%s\": no key in it can sign: %s"
                    .formatted(file, String.join(", ", refusals))));
  }

  private static PGPPrivateKey open(PGPSecretKey key, Passphrase passphrase, Path file) {
    try {
      var decryptor =
          new BcPBESecretKeyDecryptorBuilder(new BcPGPDigestCalculatorProvider())
              .build(passphrase.chars());
      return key.extractPrivateKey(decryptor);
    } catch (PGPException | RuntimeException e) {
      throw new OciException(
          OciException.Category.UNAUTHORIZED,
          "open secret key \"%s\": the passphrase is wrong, or the file is damaged".formatted(file),
          e);
    }
  }
}
