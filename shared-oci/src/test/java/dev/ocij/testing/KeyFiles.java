package dev.ocij.testing;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import okhttp3.tls.HeldCertificate;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptor;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;

/// Keys in PEM files below a folder, in the forms that OpenSSL writes.
public record KeyFiles(Path folder) {
  public static final String PASSPHRASE = "a secret: of words";

  /// Writes `NAME.key` and `NAME.pub` of an RSA key, and the key in the older form, once locked.
  public void rsa(String name) {
    var pair = pair("RSA", 2048);
    write(name, pair);
    write(name + "-traditional.key", pem(pair.getPrivate()));
    var cipher =
        new JcePEMEncryptorBuilder("AES-256-CBC")
            .setProvider(new BouncyCastleProvider())
            .build(PASSPHRASE.toCharArray());
    write(name + "-traditional-locked.key", pem(traditional(pair.getPrivate(), cipher)));
  }

  /// Writes `NAME.key`, `NAME-locked.key` and `NAME.pub`, of a key on one of NIST's curves.
  public void ec(String name, int bits) {
    write(name, pair("EC", bits));
  }

  /// Writes `NAME.key` and `NAME.crt`, of an RSA key or a key on a curve.
  public void certificate(String name, boolean rsa) {
    var builder = new HeldCertificate.Builder().commonName(name);
    var held = (rsa ? builder.rsa2048() : builder.ecdsa256()).build();
    write(name + ".key", held.privateKeyPkcs8Pem());
    write(name + ".crt", held.certificatePem());
  }

  /// The path of a file.
  public String path(String file) {
    return folder.resolve(file).toString();
  }

  private void write(String name, KeyPair pair) {
    write(name + ".pub", pem(pair.getPublic()));
    write(name + ".key", pem(pkcs8(pair.getPrivate())));
    write(name + "-locked.key", pem(lockedPkcs8(pair.getPrivate())));
  }

  private void write(String file, String content) {
    try {
      Files.writeString(folder.resolve(file), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object traditional(PrivateKey key, PEMEncryptor encryptor) {
    try {
      return new JcaMiscPEMGenerator(key, encryptor);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object pkcs8(PrivateKey key) {
    try {
      return new JcaPKCS8Generator(key, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object lockedPkcs8(PrivateKey key) {
    try {
      var encryptor =
          new JceOpenSSLPKCS8EncryptorBuilder(JcaPKCS8Generator.AES_256_CBC)
              .setProvider(new BouncyCastleProvider())
              .setPassword(PASSPHRASE.toCharArray())
              .build();
      return new JcaPKCS8Generator(key, encryptor);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(Object content) {
    var text = new StringWriter();
    try (var pem = new JcaPEMWriter(text)) {
      pem.writeObject(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static KeyPair pair(String algorithm, int bits) {
    try {
      var generator = KeyPairGenerator.getInstance(algorithm);
      if (algorithm.equals("EC")) {
        generator.initialize(new ECGenParameterSpec("secp%dr1".formatted(bits)));
      } else {
        generator.initialize(bits);
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
