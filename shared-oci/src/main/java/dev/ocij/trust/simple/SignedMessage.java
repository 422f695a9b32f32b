package dev.ocij.trust.simple;

import dev.ocij.spec.Json;
import dev.ocij.trust.BadSignatureException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.bouncycastle.bcpg.BCPGInputStream;
import org.bouncycastle.bcpg.CompressionAlgorithmTags;
import org.bouncycastle.bcpg.PacketTags;
import org.bouncycastle.openpgp.PGPCompressedData;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPLiteralData;
import org.bouncycastle.openpgp.PGPOnePassSignatureList;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;

/// An OpenPGP message with one signature: one-pass announcement, literal data, signature, perhaps
/// compressed as a whole, and nothing else.
record SignedMessage(byte[] content, PGPSignature signature) {
  /// @throws BadSignatureException where the bytes are anything else
  static SignedMessage parse(byte[] message) {
    if (message.length > Json.LARGEST_DOCUMENT) {
      throw new BadSignatureException("OpenPGP message is too large");
    }
    try {
      return read(isCompressed(message) ? decompress(message) : message);
    } catch (IOException | PGPException | DataFormatException | RuntimeException e) {
      throw e instanceof BadSignatureException known
          ? known
          : new BadSignatureException("malformed OpenPGP message", e);
    }
  }

  private static SignedMessage read(byte[] packets) throws IOException, PGPException {
    var in = new ByteArrayInputStream(packets);
    var objects = new BcPGPObjectFactory(in);
    if (!(objects.nextObject() instanceof PGPOnePassSignatureList announced)
        || !(objects.nextObject() instanceof PGPLiteralData literal)) {
      throw new BadSignatureException("not an OpenPGP signed message");
    }
    var content = literal.getInputStream().readAllBytes();
    if (!(objects.nextObject() instanceof PGPSignatureList signatures)) {
      throw new BadSignatureException("OpenPGP message is truncated: it has no signature");
    }
    if (announced.size() != 1 || signatures.size() != 1) {
      throw new BadSignatureException("OpenPGP message with more than one signature");
    }
    if (objects.nextObject() != null) { // not in.read(): the factory has looked one byte ahead
      throw trailing();
    }
    return new SignedMessage(content, signatures.get(0));
  }

  private static boolean isCompressed(byte[] message) throws IOException {
    return new BCPGInputStream(new ByteArrayInputStream(message)).nextPacketTag()
        == PacketTags.COMPRESSED_DATA;
  }

  private static byte[] decompress(byte[] message) throws IOException, DataFormatException {
    var in = new ByteArrayInputStream(message);
    var compressed = new PGPCompressedData(in);
    var raw = compressed.getInputStream().readAllBytes();
    requireEnd(in);
    return switch (compressed.getAlgorithm()) {
      case CompressionAlgorithmTags.UNCOMPRESSED -> raw;
      case CompressionAlgorithmTags.ZIP -> inflate(raw, true);
      case CompressionAlgorithmTags.ZLIB -> inflate(raw, false);
      default ->
          throw new BadSignatureException(
              "OpenPGP compression %d not implemented yet".formatted(compressed.getAlgorithm()));
    };
  }

  private static byte[] inflate(byte[] raw, boolean bare) throws DataFormatException {
    var out = new ByteArrayOutputStream();
    var buffer = new byte[8192];
    try (var inflater = new Inflater(bare)) {
      inflater.setInput(raw);
      while (!inflater.finished()) {
        int length = inflater.inflate(buffer);
        out.write(buffer, 0, length);
        if (length == 0 && inflater.needsInput()) {
          throw new BadSignatureException("OpenPGP message is truncated");
        }
        if (out.size() > Json.LARGEST_DOCUMENT) {
          throw new BadSignatureException("OpenPGP message is too large");
        }
      }
      if (inflater.getRemaining() > 0) {
        throw trailing();
      }
    }
    return out.toByteArray();
  }

  private static void requireEnd(InputStream in) throws IOException {
    if (in.read() >= 0) {
      throw trailing();
    }
  }

  private static BadSignatureException trailing() {
    return new BadSignatureException("OpenPGP message with data after its end");
  }
}
