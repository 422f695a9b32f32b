package dev.ocij.trust.sigstore;

import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Reason;
import dev.ocij.trust.Passphrase;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Set;

/// A new ECDSA P-256 key pair, in the two files that cosign and skopeo use.
public final class SigstoreKeyPair {
  private final KeyPair keys;

  private SigstoreKeyPair(KeyPair keys) {
    this.keys = keys;
  }

  public static SigstoreKeyPair generate() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return new SigstoreKeyPair(generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has P-256", e);
    }
  }

  /// The public key as PEM.
  public String publicPem() {
    return new Pem(PublicKeys.PEM_TYPE, keys.getPublic().getEncoded()).toText();
  }

  /// The private key as PEM, encrypted.
  public String privatePem(Passphrase passphrase) {
    var encrypted = EncryptedKey.encrypt(keys.getPrivate().getEncoded(), passphrase);
    return new Pem(SigningKey.PEM_TYPE, Json.write(encrypted)).toText();
  }

  /// Writes `PREFIX.private` (mode 0600) and `PREFIX.pub` (0644).
  ///
  /// @throws OciException where one of them exists; then neither is written
  public void write(Path prefix, Passphrase passphrase) {
    var privateFile = Path.of(prefix + ".private");
    var publicFile = Path.of(prefix + ".pub");
    try {
      if (Files.exists(publicFile)) {
        throw new FileAlreadyExistsException(publicFile.toString());
      }
      create(privateFile, privatePem(passphrase), "rw-------");
      create(publicFile, publicPem(), "rw-r--r--");
    } catch (FileAlreadyExistsException e) {
      throw new OciException(
          OciException.Category.USAGE,
          "write sigstore key: \"%s\" exists already; keys are never overwritten"
              .formatted(e.getFile()),
          e);
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO,
          "write sigstore key \"%s\": %s".formatted(prefix, Reason.of(e)),
          e);
    }
  }

  private static void create(Path file, String content, String mode) throws IOException {
    var permissions = PosixFilePermissions.fromString(mode);
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (var channel =
            Files.newByteChannel(file, options, PosixFilePermissions.asFileAttribute(permissions));
        var out = Channels.newOutputStream(channel)) {
      out.write(content.getBytes(StandardCharsets.US_ASCII));
    }
    Files.setPosixFilePermissions(file, permissions);
  }
}
