package dev.ocij.http;

import dev.ocij.spec.OciException;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Believes a server whose certificates lead to one of the authorities; one host it believes in any
/// case, where that was asked for.
final class ServerTrust extends X509ExtendedTrustManager {
  private final List<EncodedCertificate> authorities;
  private final @Nullable String insecureHost;

  ServerTrust(List<EncodedCertificate> authorities, @Nullable String insecureHost) {
    super();
    this.authorities = authorities;
    this.insecureHost = insecureHost;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    if (socket instanceof SSLSocket tls
        && tls.getHandshakeSession().getPeerHost().equals(insecureHost)) {
      return;
    }
    try {
      believing(likely(chain)).checkServerTrusted(chain, authType, socket);
    } catch (CertificateException _) {
      // One name can be written in several ways; and whoever is refused may wait for the reason.
      believing(authorities).checkServerTrusted(chain, authType, socket);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    believing(authorities).checkServerTrusted(chain, authType);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    believing(authorities).checkServerTrusted(chain, authType, engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw noServer();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw noServer();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw noServer();
  }

  /// For servers only, and for pinned certificates, which we have none of.
  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }

  private List<EncodedCertificate> likely(X509Certificate[] chain) {
    var issuers = Stream.of(chain).map(X509Certificate::getIssuerX500Principal).toList();
    return authorities.stream()
        .filter(authority -> issuers.stream().anyMatch(authority::mentions))
        .toList();
  }

  private static X509ExtendedTrustManager believing(List<EncodedCertificate> authorities)
      throws CertificateException {
    if (authorities.isEmpty()) {
      throw new CertificateException("no authority has the name of an issuer");
    }
    try {
      var anchors = KeyStore.getInstance(KeyStore.getDefaultType());
      anchors.load(null, null);
      for (var authority : authorities) {
        anchors.setCertificateEntry("" + anchors.size(), authority.decode());
      }
      var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(anchors);
      return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    } catch (CertificateException e) {
      throw e;
    } catch (OciException | GeneralSecurityException | IOException e) {
      throw new CertificateException(e.getMessage(), e);
    }
  }

  private static CertificateException noServer() {
    return new CertificateException("a client does not judge clients");
  }
}
