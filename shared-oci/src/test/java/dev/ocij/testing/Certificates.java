package dev.ocij.testing;

import okhttp3.tls.HeldCertificate;

/// Certificates made on the spot, each with its own key.
public final class Certificates {

  private Certificates() {}

  /// Signed by itself, valid for a day, for `127.0.0.1` and `localhost`.
  public static HeldCertificate forLoopback() {
    return new HeldCertificate.Builder()
        .commonName("ocij test")
        .addSubjectAlternativeName("127.0.0.1")
        .addSubjectAlternativeName("localhost")
        .build();
  }
}
