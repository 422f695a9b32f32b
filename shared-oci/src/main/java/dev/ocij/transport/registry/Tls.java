package dev.ocij.transport.registry;

import dev.ocij.config.CertsD;
import dev.ocij.config.Environment;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.tls.Certificates;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/// Whom we believe over TLS: the system's bundle of authorities, where users install their
/// company's own, and those of certs.d.
final class Tls {
  private Tls() {}

  /// @param insecure accept any certificate of this one host
  static OkHttpClient.Builder configure(
      OkHttpClient.Builder http,
      CertsD certs,
      Environment environment,
      String host,
      boolean insecure,
      TlsLimits limits) {
    var trust = new HandshakeCertificates.Builder();
    var authorities = authorities(certs, environment);
    if (authorities.isEmpty() && !insecure) {
      throw nobody(host);
    }
    authorities.forEach(trust::addTrustedCertificate);
    certs.clientCertificates().stream()
        .findFirst()
        .ifPresent(pair -> trust.heldCertificate(held(pair)));
    if (insecure) {
      trust.addInsecureHost(host).addInsecureHost(peerName(host));
      http.hostnameVerifier((name, _) -> name.equals(host));
    }
    var built = trust.build();
    var sockets = built.sslSocketFactory();
    return http.sslSocketFactory(limits.sockets(sockets), built.trustManager())
        .connectionSpecs(List.of(limits.spec(sockets)));
  }

  /// What the trust manager takes for the name of a host that is given by its address.
  private static String peerName(String host) {
    try {
      return InetAddress.getByName(host).getHostName();
    } catch (UnknownHostException _) {
      return host; // the connection will fail, and say why
    }
  }

  private static List<X509Certificate> authorities(CertsD certs, Environment environment) {
    var all = new ArrayList<>(SystemBundle.read(environment));
    for (var file : certs.authorities()) {
      all.addAll(SystemBundle.certificates(read(file), file.toString()));
    }
    return all;
  }

  private static OciException nobody(String host) {
    return new OciException(
        OciException.Category.IMPOSSIBLE,
        "reach %s over TLS: this machine has no certificate authorities; install ca-certificates, or name a bundle by SSL_CERT_FILE"
            .formatted(host));
  }

  private static HeldCertificate held(CertsD.ClientCertificate pair) {
    try {
      return HeldCertificate.decode(read(pair.certificate()) + "\n" + read(pair.key()));
    } catch (IllegalArgumentException e) {
      throw new OciException(
          OciException.Category.INVALID,
          "read %s: expected a certificate, and a PKCS#8 key beside it"
              .formatted(pair.certificate()),
          e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO, "read %s: %s".formatted(file, Reason.of(e)), e);
    }
  }

  static X509Certificate decode(String pem) {
    return Certificates.decodeCertificatePem(pem);
  }
}
