package dev.ocij.trust.sigstore;

import java.security.cert.X509Certificate;
import java.util.List;

/// Some bytes and what is said to vouch for them; nothing of it is believed yet.
///
/// @param content exactly what was signed; not to be changed
/// @param payload the part of it that logs of envelopes count by; not to be changed
/// @param signature not to be changed
/// @param certificates the signer's first; empty where a key signed that needs none
/// @param log the entries of transparency logs
/// @param timestamps over the signature, by authorities; not to be changed
record SignedContent(
    byte[] content,
    byte[] payload,
    byte[] signature,
    List<X509Certificate> certificates,
    List<LogEntry> log,
    List<byte[]> timestamps) {
  SignedContent {
    certificates = List.copyOf(certificates);
    log = List.copyOf(log);
    timestamps = List.copyOf(timestamps);
  }
}
