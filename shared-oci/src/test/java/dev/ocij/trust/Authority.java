package dev.ocij.trust;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Somebody who issues certificates, for tests: a root, or one whom another certified.
///
/// @param above the certificates between this one and its root, the root last
public record Authority(X509Certificate certificate, KeyPair keys, List<X509Certificate> above) {
  private static final AtomicLong SERIAL = new AtomicLong(1);

  /// A certificate in the making.
  public static final class Form {
    private String subject = "CN=signer";
    private KeyPair keys = key("EC");
    private Instant from = Instant.now().minus(Duration.ofDays(1));
    private Instant until = Instant.now().plus(Duration.ofDays(1));
    private String algorithm = "SHA256";
    private final List<Extension> extensions = new ArrayList<>();

    public Form subject(String name) {
      subject = name;
      return this;
    }

    public Form keys(KeyPair pair) {
      keys = pair;
      return this;
    }

    public Form valid(Instant first, Instant last) {
      from = first;
      until = last;
      return this;
    }

    /// The digest of the signature over it.
    public Form digest(String name) {
      algorithm = name;
      return this;
    }

    public Form extension(ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {
      try {
        extensions.add(new Extension(id, critical, value.toASN1Primitive().getEncoded()));
        return this;
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    public Form extension(ASN1ObjectIdentifier id, byte[] value) {
      extensions.add(new Extension(id, false, value));
      return this;
    }

    private Form authority() {
      return extension(Extension.basicConstraints, true, new BasicConstraints(true))
          .extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
    }
  }

  public static Authority root(String name) {
    var form = new Form().subject("CN=" + name).keys(key("EC")).authority();
    var self = sign(form, new X500Name(form.subject), form.keys);
    return new Authority(self, form.keys, List.of());
  }

  /// Another authority that this one certifies.
  public Authority intermediate(Form form) {
    var above = new ArrayList<>(List.of(certificate));
    above.addAll(this.above);
    return new Authority(issue(form.authority()), form.keys, above);
  }

  /// A certificate for somebody who is no authority.
  public X509Certificate issue(Form form) {
    return sign(form, new X500Name(certificate.getSubjectX500Principal().getName()), keys);
  }

  /// This certificate and those above it, the root last; of a root, nothing.
  public List<X509Certificate> chain() {
    var all = new ArrayList<X509Certificate>();
    if (!above.isEmpty()) {
      all.add(certificate);
      all.addAll(above);
    }
    return all;
  }

  public static KeyPair key(String algorithm) {
    try {
      if (algorithm.equals("Ed25519")) {
        return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
      }
      var generator = KeyPairGenerator.getInstance(algorithm.replaceFirst("[0-9]+$", ""));
      var size = algorithm.replaceFirst("^[A-Za-z]+", "");
      if (algorithm.startsWith("EC")) {
        generator.initialize(
            new ECGenParameterSpec("secp%sr1".formatted(size.isEmpty() ? "256" : size)));
      } else if (!size.isEmpty()) {
        generator.initialize(Integer.parseInt(size));
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String pem(X509Certificate certificate) {
    try {
      return pem("CERTIFICATE", certificate.getEncoded());
    } catch (CertificateException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The public key.
  public static String pem(KeyPair keys) {
    return pem("PUBLIC KEY", keys.getPublic().getEncoded());
  }

  static String pem(String type, byte[] der) {
    var base64 =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(type, base64);
  }

  private static X509Certificate sign(Form form, X500Name issuer, KeyPair with) {
    try {
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              issuer,
              BigInteger.valueOf(SERIAL.getAndIncrement()),
              Date.from(form.from),
              Date.from(form.until),
              new X500Name(form.subject),
              form.keys.getPublic());
      for (var extension : form.extensions) {
        builder.addExtension(extension);
      }
      var kind = with.getPublic().getAlgorithm().startsWith("EC") ? "ECDSA" : "RSA";
      var signer =
          new JcaContentSignerBuilder(form.algorithm + "with" + kind).build(with.getPrivate());
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    } catch (IOException | CertificateException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }
}
