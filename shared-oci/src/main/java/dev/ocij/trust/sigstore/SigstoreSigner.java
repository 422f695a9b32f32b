package dev.ocij.trust.sigstore;

import dev.ocij.image.Document;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Reason;
import dev.ocij.trust.Passphrase;
import dev.ocij.trust.Signature;
import dev.ocij.trust.SignaturePayload;
import dev.ocij.trust.Signer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// Signs as cosign does with a private key.
public final class SigstoreSigner implements Signer {
  static final String PEM_TYPE = "ENCRYPTED SIGSTORE PRIVATE KEY";
  private static final List<String> PEM_TYPES = List.of(PEM_TYPE, "ENCRYPTED COSIGN PRIVATE KEY");

  private final PrivateKey key;
  private final Clock clock;

  private SigstoreSigner(PrivateKey key, Clock clock) {
    this.key = key;
    this.clock = clock;
  }

  /// Reads a key as cosign or skopeo wrote it.
  ///
  /// @throws OciException of category `UNAUTHORIZED` where the passphrase is wrong
  public static SigstoreSigner read(Path file, Passphrase passphrase, Clock clock) {
    try (var in = Files.newInputStream(file)) {
      return parse(in.readNBytes(Json.LARGEST_DOCUMENT), passphrase, clock);
    } catch (OciException e) {
      throw e.during("read \"%s\"".formatted(file));
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO, "read \"%s\": %s".formatted(file, Reason.of(e)), e);
    }
  }

  /// As [#read(Path, Passphrase, Clock)], from the content of the file.
  public static SigstoreSigner parse(byte[] pem, Passphrase passphrase, Clock clock) {
    var block = Pem.read(pem, PEM_TYPES, "sigstore private key");
    var encrypted = Json.read(block.content(), EncryptedKey.class, "sigstore private key");
    return new SigstoreSigner(KeyAlgorithm.privateKey(encrypted.decrypt(passphrase)), clock);
  }

  @Override
  public Signature.Sigstore sign(Document manifest, String dockerReference) {
    var payload =
        SignaturePayload.of(
                SignaturePayload.Kind.SIGSTORE, dockerReference, manifest.digest(), clock.instant())
            .toJson();
    var base64 = Base64.getEncoder().encodeToString(sign(payload));
    return new Signature.Sigstore(
        Signature.Sigstore.PAYLOAD_TYPE,
        payload,
        Map.of(Signature.Sigstore.SIGNATURE_ANNOTATION, base64));
  }

  private byte[] sign(byte[] payload) {
    try {
      var signer = KeyAlgorithm.signature(key);
      signer.initSign(key);
      signer.update(payload);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new OciException(
          OciException.Category.IMPOSSIBLE, "sign with sigstore key: " + e.getMessage(), e);
    }
  }
}
