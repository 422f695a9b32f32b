package dev.ocij.trust.sigstore;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.trust.BadSignatureException;
import java.nio.charset.StandardCharsets;

/// A log entry as an annotation of a signature tells it.
record LegacyEntry(
    @JsonProperty("SignedEntryTimestamp") byte[] promise, @JsonProperty("Payload") Payload entry) {
  record Payload(byte[] body, long integratedTime, long logIndex, String logID) {}

  static LogEntry parse(String json) {
    try {
      var read = Json.read(json.getBytes(StandardCharsets.UTF_8), LegacyEntry.class, "log entry");
      if (read.promise == null || read.entry == null || read.entry.body == null) {
        throw new BadSignatureException("malformed log entry");
      }
      var entry = read.entry;
      return new LogEntry(
          entry.body, entry.integratedTime, entry.logIndex, entry.logID, read.promise, null);
    } catch (BadSignatureException e) {
      throw e;
    } catch (OciException e) {
      throw new BadSignatureException("malformed log entry", e);
    }
  }
}
