package dev.ocij.trust.sigstore;

import dev.ocij.spec.OciException;
import dev.ocij.trust.BadSignatureException;
import dev.ocij.trust.KeySource;
import dev.ocij.trust.Timestamp;
import dev.ocij.trust.TrustRoots;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/// Who is believed where nobody has a key: those who certify people, logs of signatures and of
/// certificates, and those who tell the time, each for a while. What it does not list is not asked
/// for; but somebody in it must tell the time.
///
/// @param logs of signatures
/// @param certificateLogs of certificates
record TrustedRoot(
    List<Authority> authorities,
    List<LogKey> logs,
    List<LogKey> certificateLogs,
    List<Authority> timestampAuthorities) {
  /// Somebody with certificates, and when they used them.
  record Authority(TrustRoots roots, Validity validity) {}

  TrustedRoot {
    authorities = List.copyOf(authorities);
    logs = List.copyOf(logs);
    certificateLogs = List.copyOf(certificateLogs);
    timestampAuthorities = List.copyOf(timestampAuthorities);
  }

  /// Reads the one file that states it.
  ///
  /// @throws OciException where there is not exactly one, or it is none
  static TrustedRoot read(KeySource source) {
    var files = source.read();
    if (files.size() != 1) {
      throw new OciException(
          OciException.Category.INVALID, "read trusted root: expected one, got " + files.size());
    }
    return TrustedRootFile.read(files.getFirst());
  }

  /// The chain of a certificate at a time.
  ///
  /// @throws BadSignatureException where no authority of that time has issued it
  List<X509Certificate> chain(SignerCertificate signer, Instant time) {
    return first(
        authorities,
        time,
        authority -> authority.roots().chain(signer.certificate(), signer.others(), time),
        "certificate of %s: no authority of the trusted root was valid at %s"
            .formatted(TrustRoots.name(signer.certificate()), time));
  }

  /// When a timestamp was made over some bytes.
  ///
  /// @throws BadSignatureException where it is not by an authority of that time
  Instant timeOf(byte[] timestamp, byte[] content) {
    var read = Timestamp.parse(timestamp);
    return first(
        timestampAuthorities,
        read.time(),
        authority -> read.timeOf(content, authority.roots()),
        "no timestamp authority of the trusted root was valid at " + read.time());
  }

  private static <T> T first(
      List<Authority> all, Instant time, Function<Authority, T> ask, String none) {
    var refusal = new BadSignatureException(none);
    for (var authority : all) {
      if (authority.validity().contains(time)) {
        try {
          return ask.apply(authority);
        } catch (BadSignatureException e) {
          refusal = e;
        }
      }
    }
    throw refusal;
  }
}
