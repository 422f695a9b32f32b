package dev.ocij.trust.sigstore;

import dev.ocij.spec.Json;
import dev.ocij.trust.BadSignatureException;
import dev.ocij.trust.KeySource;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;

/// The keys of transparency logs that are believed.
record LogKeys(List<LogKey> keys) {
  private static final int MOST_ENTRIES = 32;

  LogKeys {
    keys = List.copyOf(keys);
  }

  static LogKeys read(KeySource files) {
    return new LogKeys(
        PublicKeys.parse(files.read()).keys().stream()
            .map(key -> new LogKey(key, Validity.ALWAYS))
            .toList());
  }

  /// When a log saw this signature by this key.
  ///
  /// @param signer the DER form of the signer's key or certificate
  /// @throws BadSignatureException where no entry is of this signature and held by a log
  Instant timeOf(SignedContent signed, byte[] signer) {
    return entryOf(signed, signer, List.of())
        .promisedTime()
        .orElseThrow(() -> new BadSignatureException("the log did not sign the entry's time"));
  }

  /// The first entry of this signature by this key that a log holds: it must have signed the entry,
  /// or a tree that it is in; where both are there, both.
  ///
  /// @param times at which the log must have been a known one, where the entry's own is not signed
  LogEntry entryOf(SignedContent signed, byte[] signer, List<Instant> times) {
    if (signed.log().isEmpty()) {
      throw new BadSignatureException("Signature has no entry of a transparency log");
    }
    if (signed.log().size() > MOST_ENTRIES) {
      throw new BadSignatureException(
          "%d log entries are more than the %d that are looked at"
              .formatted(signed.log().size(), MOST_ENTRIES));
    }
    BadSignatureException last = null;
    for (var entry : signed.log()) {
      try {
        requireHeld(entry, at(entry.promisedTime().map(List::of).orElse(times)));
        LoggedSignature.parse(entry.body()).requireOf(signed, signer);
        return entry;
      } catch (BadSignatureException e) {
        last = e;
      }
    }
    throw last == null ? new BadSignatureException("no log entry") : last;
  }

  private List<LogKey> at(List<Instant> times) {
    return keys.stream().filter(key -> times.stream().allMatch(key.validity()::contains)).toList();
  }

  private static void requireHeld(LogEntry entry, List<LogKey> keys) {
    var promise = entry.promise();
    var proof = entry.proof();
    if (promise == null && proof == null) {
      throw new BadSignatureException("the log entry has neither promise nor proof of its log");
    }
    if (promise != null) {
      requirePromised(entry, promise, keys);
    }
    if (proof != null) {
      proof.requireOf(entry.body(), keys);
    }
  }

  /// The log signs the entry in JSON's canonical form: keys in order, no spaces.
  private static void requirePromised(LogEntry entry, byte[] promise, List<LogKey> keys) {
    var canonical = new LinkedHashMap<String, Object>();
    canonical.put("body", Base64.getEncoder().encodeToString(entry.body()));
    canonical.put("integratedTime", entry.integratedTime());
    canonical.put("logID", entry.logId());
    canonical.put("logIndex", entry.logIndex());
    var json = Json.write(canonical);
    if (keys.stream().noneMatch(key -> PublicKeys.verifies(key.key(), json, promise))) {
      throw new BadSignatureException("the log's signature over its entry does not hold");
    }
  }
}
