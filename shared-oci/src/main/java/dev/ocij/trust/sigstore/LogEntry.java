package dev.ocij.trust.sigstore;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a transparency log is said to have written down: Rekor's `hashedrekord` and its kin.
///
/// @param body the entry, a JSON document; not to be changed
/// @param integratedTime when, in seconds since 1970
/// @param logId of the log, in hexadecimal
/// @param promise the log's signature over all this; null where there is none; not to be changed
/// @param proof that the entry is in the log's tree; null where there is none
record LogEntry(
    byte[] body,
    long integratedTime,
    long logIndex,
    String logId,
    byte @Nullable [] promise,
    @Nullable InclusionProof proof) {

  /// When; empty where the log did not sign it.
  Optional<Instant> promisedTime() {
    return promise == null ? Optional.empty() : Optional.of(Instant.ofEpochSecond(integratedTime));
  }
}
