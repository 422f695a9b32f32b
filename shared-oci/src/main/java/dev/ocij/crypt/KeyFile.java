package dev.ocij.crypt;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import dev.ocij.trust.Passphrase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.jspecify.annotations.Nullable;

/// A file with a key or a certificate, PEM or DER.
record KeyFile(String name, byte[] bytes) {
  private static final int LARGEST = 1 << 20;
  private static final JcaPEMKeyConverter KEYS = new JcaPEMKeyConverter();

  static KeyFile read(String name) {
    try (var in = Files.newInputStream(Path.of(name))) {
      return new KeyFile(name, in.readNBytes(LARGEST));
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.USAGE, "read key %s: %s".formatted(name, Reason.of(e)), e);
    }
  }

  /// A `java.security.PublicKey` or `PrivateKey`, an `X509Certificate`, or, where the file has
  /// another kind of thing, that.
  ///
  /// @param passphrase for a private key that needs one
  Object content(@Nullable Passphrase passphrase) {
    try {
      return java(parsed(), passphrase);
    } catch (IOException
        | GeneralSecurityException
        | OperatorCreationException
        | IllegalArgumentException
        | IllegalStateException e) {
      throw invalid("neither a key nor a certificate in PEM or DER", e);
    }
  }

  private Object parsed() throws IOException {
    var text = new String(bytes, StandardCharsets.ISO_8859_1);
    if (!text.contains("-----BEGIN ")) {
      return fromDer();
    }
    try (var parser = new PEMParser(new StringReader(text))) {
      for (Object read = parser.readObject(); read != null; read = parser.readObject()) {
        if (!isCurveName(read)) {
          return read;
        }
      }
    }
    throw new IOException("no PEM block");
  }

  /// OpenSSL writes the curve in a block before the key.
  private static boolean isCurveName(Object read) {
    return read instanceof org.bouncycastle.asn1.ASN1ObjectIdentifier
        || read instanceof org.bouncycastle.asn1.x9.X9ECParameters;
  }

  private Object fromDer() throws IOException {
    try {
      return new X509CertificateHolder(bytes);
    } catch (IOException _) {
      // not a certificate
    }
    try {
      return SubjectPublicKeyInfo.getInstance(bytes);
    } catch (IllegalArgumentException _) {
      return PrivateKeyInfo.getInstance(bytes);
    }
  }

  private Object java(Object parsed, @Nullable Passphrase passphrase)
      throws IOException, GeneralSecurityException, OperatorCreationException {
    return switch (parsed) {
      case SubjectPublicKeyInfo key -> KEYS.getPublicKey(key);
      case PrivateKeyInfo key -> KEYS.getPrivateKey(key);
      case PEMKeyPair pair -> KEYS.getPrivateKey(pair.getPrivateKeyInfo());
      case PEMEncryptedKeyPair locked -> unlocked(locked, required(passphrase));
      case PKCS8EncryptedPrivateKeyInfo locked -> unlocked(locked, required(passphrase));
      case X509CertificateHolder holder ->
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(holder.getEncoded()));
      default -> parsed;
    };
  }

  private Object unlocked(PEMEncryptedKeyPair locked, Passphrase passphrase) throws IOException {
    try {
      var pair =
          locked.decryptKeyPair(
              new JcePEMDecryptorProviderBuilder()
                  .setProvider(new BouncyCastleProvider())
                  .build(passphrase.chars()));
      return KEYS.getPrivateKey(pair.getPrivateKeyInfo());
    } catch (IOException e) {
      throw wrongPassphrase(e);
    }
  }

  private Object unlocked(PKCS8EncryptedPrivateKeyInfo locked, Passphrase passphrase)
      throws IOException, OperatorCreationException {
    try {
      return KEYS.getPrivateKey(
          locked.decryptPrivateKeyInfo(
              new JceOpenSSLPKCS8DecryptorProviderBuilder()
                  .setProvider(new BouncyCastleProvider())
                  .build(passphrase.chars())));
    } catch (PKCSException e) {
      throw wrongPassphrase(e);
    }
  }

  private Passphrase required(@Nullable Passphrase passphrase) {
    if (passphrase == null) {
      throw new OciException(
          OciException.Category.USAGE,
          "read key %s: it needs a passphrase; add :pass=TEXT or :file=PATH".formatted(name));
    }
    return passphrase;
  }

  private OciException wrongPassphrase(Exception e) {
    return new OciException(
        OciException.Category.UNAUTHORIZED,
        "read key %s: the passphrase does not open it".formatted(name),
        e);
  }

  private OciException invalid(String found, Exception e) {
    return new OciException(
        OciException.Category.INVALID,
        "read key %s: %s: %s".formatted(name, found, Quoted.escape(Reason.of(e))),
        e);
  }
}
