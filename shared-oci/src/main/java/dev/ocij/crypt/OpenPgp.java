package dev.ocij.crypt;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPCompressedData;
import org.bouncycastle.openpgp.PGPEncryptedDataGenerator;
import org.bouncycastle.openpgp.PGPEncryptedDataList;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPLiteralData;
import org.bouncycastle.openpgp.PGPLiteralDataGenerator;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyEncryptedData;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;
import org.bouncycastle.openpgp.operator.bc.BcPGPDataEncryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPublicKeyDataDecryptorFactory;
import org.bouncycastle.openpgp.operator.bc.BcPublicKeyKeyEncryptionMethodGenerator;
import org.jspecify.annotations.Nullable;

/// Encrypted messages of OpenPGP (RFC 4880), by AES-256, with what tells that they were altered.
final class OpenPgp {
  private static final int LARGEST = 1 << 20;

  /// Compression within compression is for those who mean harm.
  private static final int DEEPEST = 4;

  private OpenPgp() {}

  /// A message that each of these keys opens.
  static byte[] seal(byte[] content, List<PGPPublicKey> keys) {
    var message = new ByteArrayOutputStream();
    try {
      var generator =
          new PGPEncryptedDataGenerator(
              new BcPGPDataEncryptorBuilder(SymmetricKeyAlgorithmTags.AES_256)
                  .setWithIntegrityPacket(true)
                  .setSecureRandom(new SecureRandom()));
      keys.forEach(key -> generator.addMethod(new BcPublicKeyKeyEncryptionMethodGenerator(key)));
      var literal = literal(content);
      try (var out = generator.open(message, literal.length)) {
        out.write(literal);
      }
      return message.toByteArray();
    } catch (IOException | PGPException e) {
      throw new OciException(
          OciException.Category.INVALID, "encrypt by OpenPGP: " + Reason.of(e), e);
    }
  }

  /// The content of a message, where one of the keys opens it.
  ///
  /// @throws OciException where this is no such message, or it was altered
  static Optional<byte[]> open(byte[] message, List<OpenPgpSecret> secrets) {
    try {
      for (var part : encrypted(message)) {
        if (part instanceof PGPPublicKeyEncryptedData data) {
          for (var secret : secrets) {
            var key = secret.find(data.getKeyIdentifier().getKeyId());
            if (key.isPresent()) {
              return Optional.of(opened(data, key.get()));
            }
          }
        }
      }
      return Optional.empty();
    } catch (OciException e) {
      throw e;
    } catch (IOException | PGPException | RuntimeException e) { // the parser throws whatever comes
      throw invalid(Reason.of(e), e);
    }
  }

  private static byte[] literal(byte[] content) throws IOException {
    var literal = new ByteArrayOutputStream();
    try (var out =
        new PGPLiteralDataGenerator()
            .open(literal, PGPLiteralData.BINARY, "", content.length, PGPLiteralData.NOW)) {
      out.write(content);
    }
    return literal.toByteArray();
  }

  private static PGPEncryptedDataList encrypted(byte[] message) throws IOException {
    var objects = new BcPGPObjectFactory(new ByteArrayInputStream(message));
    if (objects.nextObject() instanceof PGPEncryptedDataList list) {
      return list;
    }
    throw invalid("expected encrypted data", null);
  }

  private static byte[] opened(PGPPublicKeyEncryptedData data, PGPKeyPair key)
      throws IOException, PGPException {
    if (!data.isIntegrityProtected()) {
      throw invalid("nothing in it tells whether it was altered", null);
    }
    byte[] content;
    try (var plain = data.getDataStream(new BcPublicKeyDataDecryptorFactory(key))) {
      content = literal(plain, DEEPEST);
      plain.transferTo(OutputStream.nullOutputStream());
    }
    if (!data.verify()) {
      throw invalid("it was altered", null);
    }
    return content;
  }

  private static byte[] literal(InputStream plain, int depth) throws IOException, PGPException {
    return switch (new BcPGPObjectFactory(plain).nextObject()) {
      case PGPLiteralData literal -> limited(literal.getInputStream());
      case PGPCompressedData compressed when depth > 0 ->
          literal(compressed.getDataStream(), depth - 1);
      case null, default -> throw invalid("expected literal data in it", null);
    };
  }

  private static byte[] limited(InputStream in) throws IOException {
    var content = in.readNBytes(LARGEST + 1);
    if (content.length > LARGEST) {
      throw invalid("it is larger than any key", null);
    }
    return content;
  }

  private static OciException invalid(String found, @Nullable Exception cause) {
    var sentence = "open OpenPGP message: " + Quoted.escape(found);
    return new OciException(OciException.Category.INVALID, sentence, cause);
  }
}
