package dev.ocij.trust.sigstore;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A signed payload with its type: DSSE, the Dead Simple Signing Envelope.
record Envelope(byte[] payload, String payloadType, List<Signed> signatures) {
  static final String STATEMENT = "application/vnd.in-toto+json";

  record Signed(byte[] sig) {}

  /// What is really signed: `DSSEv1`, then type and payload, each behind its length.
  byte[] signedBytes() {
    var type = payloadType.getBytes(StandardCharsets.UTF_8);
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes("DSSEv1 %d ".formatted(type.length).getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(type);
    bytes.writeBytes(" %d ".formatted(payload.length).getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(payload);
    return bytes.toByteArray();
  }
}
