package dev.ocij.trust.sigstore;

import dev.ocij.spec.Json;
import dev.ocij.trust.BadSignatureException;
import dev.ocij.trust.KeySource;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;

/// The keys of transparency logs that are believed.
record LogKeys(PublicKeys keys) {
  private static final int MOST_ENTRIES = 32;

  static LogKeys read(KeySource files) {
    return new LogKeys(PublicKeys.parse(files.read()));
  }

  /// When a log saw this signature by this key.
  ///
  /// @param signer the DER form of the signer's key or certificate
  /// @throws BadSignatureException where no entry is of this signature and held by a log
  Instant timeOf(SignedContent signed, byte[] signer) {
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
        requirePromised(entry);
        LoggedSignature.parse(entry.body()).requireOf(signed, signer);
        return entry.time();
      } catch (BadSignatureException e) {
        last = e;
      }
    }
    throw last == null ? new BadSignatureException("no log entry") : last;
  }

  /// The log signs the entry in JSON's canonical form: keys in order, no spaces.
  private void requirePromised(LogEntry entry) {
    var canonical = new LinkedHashMap<String, Object>();
    canonical.put("body", Base64.getEncoder().encodeToString(entry.body()));
    canonical.put("integratedTime", entry.integratedTime());
    canonical.put("logID", entry.logId());
    canonical.put("logIndex", entry.logIndex());
    if (keys.signerOf(Json.write(canonical), entry.promise()).isEmpty()) {
      throw new BadSignatureException("the log's signature over its entry does not hold");
    }
  }
}
