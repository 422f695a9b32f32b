package dev.ocij.trust.sigstore;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.trust.BadSignatureException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// An authority's timestamp as an annotation of a signature holds it.
record LegacyTimestamp(@JsonProperty("SignedRFC3161Timestamp") byte @Nullable [] timestamp) {
  static byte[] parse(String json) {
    try {
      var bytes = json.getBytes(StandardCharsets.UTF_8);
      var timestamp = Json.read(bytes, LegacyTimestamp.class, "timestamp").timestamp;
      if (timestamp != null) {
        return timestamp;
      }
    } catch (OciException e) {
      throw new BadSignatureException("malformed timestamp", e);
    }
    throw new BadSignatureException("malformed timestamp");
  }
}
