package dev.ocij.trust.simple;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPLiteralData;
import org.bouncycastle.openpgp.PGPLiteralDataGenerator;
import org.bouncycastle.openpgp.PGPPrivateKey;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;

/// A secret key that signs, opened.
record SecretKey(PGPPublicKey publicKey, PGPPrivateKey privateKey) implements MessageSigner {
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
}
