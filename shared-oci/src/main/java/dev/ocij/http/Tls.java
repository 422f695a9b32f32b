package dev.ocij.http;

import dev.ocij.config.CertsD;
import dev.ocij.config.Environment;
import dev.ocij.config.TlsDetails;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.jspecify.annotations.Nullable;

/// Whom we believe over TLS: the system's bundle of authorities, where users install their
/// company's own, and those of certs.d.
///
/// @param details which versions, ciphers and groups may be used
public record Tls(Environment environment, CertsD certs, TlsDetails details) {
  /// @param insecure accept any certificate of this one host
  public OkHttpClient.Builder configure(OkHttpClient.Builder http, String host, boolean insecure) {
    var limits = new TlsLimits(details);
    var authorities = authorities();
    if (authorities.isEmpty() && !insecure) {
      throw nobody(host);
    }
    var trust = new ServerTrust(authorities, insecure ? host : null);
    if (insecure) {
      var strict = http.build().hostnameVerifier();
      http.hostnameVerifier((name, session) -> name.equals(host) || strict.verify(name, session));
    }
    var sockets = sockets(keys(), trust);
    return http.sslSocketFactory(limits.sockets(sockets), trust)
        .connectionSpecs(List.of(limits.spec(sockets)));
  }

  private static SSLSocketFactory sockets(KeyManager @Nullable [] keys, TrustManager trust) {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(keys, new TrustManager[] {trust}, null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }

  /// Ours, for servers that ask who we are.
  private KeyManager @Nullable [] keys() {
    return certs.clientCertificates().stream()
        .findFirst()
        .map(pair -> new HandshakeCertificates.Builder().heldCertificate(held(pair)).build())
        .map(held -> new KeyManager[] {held.keyManager()})
        .orElse(null);
  }

  private List<EncodedCertificate> authorities() {
    var all = new ArrayList<>(SystemBundle.read(environment));
    for (var file : certs.authorities()) {
      all.addAll(EncodedCertificate.all(read(file), file.toString()));
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
}
