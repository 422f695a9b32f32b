package dev.ocij.trust.sigstore;

import java.time.Instant;

/// What a transparency log is said to have written down: Rekor's `hashedrekord` and its kin.
///
/// @param body the entry, a JSON document; not to be changed
/// @param integratedTime when, in seconds since 1970
/// @param logId of the log, in hexadecimal
/// @param promise the log's signature over all this; not to be changed
record LogEntry(byte[] body, long integratedTime, long logIndex, String logId, byte[] promise) {
  Instant time() {
    return Instant.ofEpochSecond(integratedTime);
  }
}
