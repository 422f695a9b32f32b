package dev.ocij.trust.sigstore;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import dev.ocij.trust.BadSignatureException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.util.io.pem.PemReader;

/// One PEM block.
record Pem(String type, byte[] content) {
  private static final int LINE = 64;

  /// Reads a file that must hold exactly one block of one of these types.
  ///
  /// @param what what the file claims to be, for messages
  static Pem read(byte[] file, List<String> types, String what) {
    try (var reader =
        new PemReader(new StringReader(new String(file, StandardCharsets.US_ASCII)))) {
      var block = reader.readPemObject();
      if (block == null) {
        throw invalid(what, "there is no PEM block in it");
      }
      if (!types.contains(block.getType())) {
        throw invalid(
            what,
            "expected a PEM block %s, got %s"
                .formatted(String.join(" or ", types), Quoted.of(block.getType())));
      }
      if (reader.readPemObject() != null) {
        throw invalid(what, "there is more than one PEM block in it");
      }
      return new Pem(block.getType(), block.getContent());
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      throw new OciException(
          OciException.Category.INVALID,
          "read %s: not PEM: %s".formatted(what, Quoted.escape(Reason.of(e))),
          e);
    }
  }

  /// The first block of a text, whatever it is.
  ///
  /// @throws BadSignatureException where there is none
  static Pem any(byte[] text) {
    try (var reader =
        new PemReader(new StringReader(new String(text, StandardCharsets.US_ASCII)))) {
      var block = reader.readPemObject();
      if (block != null) {
        return new Pem(block.getType(), block.getContent());
      }
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      throw new BadSignatureException("a key or certificate is not PEM", e);
    }
    throw new BadSignatureException("a key or certificate is not PEM");
  }

  String toText() {
    var base64 = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(type, base64);
  }

  private static OciException invalid(String what, String found) {
    return new OciException(OciException.Category.INVALID, "read %s: %s".formatted(what, found));
  }
}
