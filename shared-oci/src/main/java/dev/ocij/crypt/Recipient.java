package dev.ocij.crypt;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.trust.simple.EncryptionKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import org.bouncycastle.openpgp.PGPPublicKey;

/// Who may read an encrypted layer, and how its key is wrapped for them.
public sealed interface Recipient {
  /// By JSON Web Encryption (RFC 7516), for an RSA or elliptic curve key.
  record Jwe(PublicKey key) implements Recipient {}

  /// By PKCS #7 (RFC 2315), for the RSA key of a certificate.
  record Pkcs7(X509Certificate certificate) implements Recipient {}

  /// By an OpenPGP message, for a key of gpg's home.
  record OpenPgp(PGPPublicKey key) implements Recipient {}

  /// By a program.
  record Provided(KeyProvider provider) implements Recipient {}

  /// The recipient in `protocol:file`, in `pgp:name`, or in `provider:name`.
  ///
  /// @throws OciException where the protocol is not known, or the file has no such key
  static Recipient parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw invalid("%s: expected PROTOCOL:FILE, as jwe:key.pem".formatted(Quoted.of(text)));
    }
    var rest = text.substring(colon + 1);
    return switch (text.substring(0, colon)) {
      case "jwe" -> new Jwe(publicKey(rest));
      case "pkcs7" -> new Pkcs7(certificate(rest));
      case "pgp" -> new OpenPgp(EncryptionKey.find(rest, System.getenv(), Instant.now()));
      case "provider" -> new Provided(KeyProvider.parse(rest, System.getenv()));
      case String other ->
          throw invalid(
              "protocol %s not known: use jwe, pgp, pkcs7 or provider".formatted(Quoted.of(other)));
    };
  }

  private static PublicKey publicKey(String file) {
    return switch (KeyFile.read(file).content(null)) {
      case RSAPublicKey key -> key;
      case ECPublicKey key -> key;
      case Object _ ->
          throw invalid(
              "%s is not a public key: expected a PEM block \"PUBLIC KEY\", RSA or EC"
                  .formatted(Quoted.of(file)));
    };
  }

  private static X509Certificate certificate(String file) {
    if (!(KeyFile.read(file).content(null) instanceof X509Certificate certificate)) {
      throw invalid(
          "%s is not an X.509 certificate: expected a PEM block \"CERTIFICATE\""
              .formatted(Quoted.of(file)));
    }
    if (!(certificate.getPublicKey() instanceof RSAPublicKey)) {
      throw invalid(
          "the certificate %s has no RSA key: pkcs7 wraps for RSA only; jwe takes elliptic curves"
              .formatted(Quoted.of(file)));
    }
    return certificate;
  }

  private static OciException invalid(String found) {
    return new OciException(OciException.Category.USAGE, "Invalid encryption keys: " + found);
  }
}
