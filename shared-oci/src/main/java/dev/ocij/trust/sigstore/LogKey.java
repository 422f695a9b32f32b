package dev.ocij.trust.sigstore;

import java.security.PublicKey;

/// The key of a log, and when the log used it.
record LogKey(PublicKey key, Validity validity) {}
