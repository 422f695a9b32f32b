package dev.ocij.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.LinkedHashSet;

/// What the signatures in a schema 1 manifest are about: its digest is that of these bytes.
///
/// Each signature says how many bytes of the document count, and what is to be put behind them. The
/// signatures prove nothing, for their keys stand beside them, and are not looked at.
final class SignedPayload {
  private static final String SIGNATURES = "signatures";

  private SignedPayload() {}

  /// @param root the document parsed
  /// @throws OciException where signatures disagree, or the document says more than they cover
  static byte[] of(byte[] document, JsonNode root) {
    var payloads = new LinkedHashSet<Cut>();
    root.path(SIGNATURES).forEach(signature -> payloads.add(Cut.read(signature)));
    if (payloads.size() != 1) {
      throw invalid("expected signatures that agree");
    }
    var payload = payloads.getFirst().of(document);
    var unsigned = ((ObjectNode) root).deepCopy();
    unsigned.remove(SIGNATURES);
    if (!unsigned.equals(Json.readTree(payload, "signed manifest"))) {
      throw invalid("it says something else than what is signed");
    }
    return payload;
  }

  /// Where the signed part ends.
  private record Cut(int length, String tail) {
    static Cut read(JsonNode signature) {
      var header =
          Json.readTree(decode(signature.path("protected").asText("")), "protected header");
      return new Cut(header.path("formatLength").asInt(-1), header.path("formatTail").asText(""));
    }

    byte[] of(byte[] document) {
      if (length < 0 || length > document.length) {
        throw invalid("the signed part has no length that can be");
      }
      var payload = new ByteArrayOutputStream();
      payload.write(document, 0, length);
      payload.writeBytes(decode(tail));
      return payload.toByteArray();
    }
  }

  private static byte[] decode(String text) {
    try {
      return Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new OciException(
          OciException.Category.INVALID, "read manifest: its signature is not base64url", e);
    }
  }

  private static OciException invalid(String found) {
    return new OciException(
        OciException.Category.INVALID, "read manifest with signatures: " + found);
  }
}
