package dev.ocij.trust.sigstore;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.Json;
import dev.ocij.trust.Authority;
import dev.ocij.trust.FuzzTarget;
import dev.ocij.trust.Passphrase;
import dev.ocij.trust.Timestamp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Consumer;

/// The parsers of sigstore's formats.
public final class SigstoreFuzzTargets {
  private SigstoreFuzzTargets() {}

  public static List<FuzzTarget> all() {
    var rig = new SigstoreRig();
    var bundle = rig.bundle(KeylessTest.statement());
    var timestamp =
        bytes(
            bundle.at(
                "/verificationMaterial/timestampVerificationData/rfc3161Timestamps/0/signedTimestamp"));
    var key = SigstoreKeyPair.generate();
    return List.of(
        target("bundle", Json.write(bundle), bytes -> Bundle.parse(bytes).content()),
        target("statement", KeylessTest.statement(), Statement::parse),
        new FuzzTarget(
            "log-entry",
            List.of(logged("nothing"), logged("second log"), logged("second log, envelope")),
            LoggedSignature::parse),
        target("legacy-entry", legacy(new Forgery()), bytes -> LegacyEntry.parse(text(bytes))),
        target(
            "checkpoint",
            rig.checkpoint(new byte[32], 5).getBytes(StandardCharsets.UTF_8),
            bytes -> Checkpoint.parse(text(bytes))),
        target("trusted-root", Json.write(rig.trustedRoot()), TrustedRootFile::read),
        target(
            "certificate-log",
            bytes(bundle.at("/verificationMaterial/certificate/rawBytes")),
            SigstoreFuzzTargets::promises),
        target("timestamp", timestamp, bytes -> Timestamp.parse(bytes).time()),
        target(
            "public-key",
            Authority.pem(Forgery.KEY).getBytes(StandardCharsets.UTF_8),
            bytes -> PublicKeys.parse(List.of(bytes))),
        target(
            "private-key",
            key.privatePem(Passphrase.EMPTY).getBytes(StandardCharsets.UTF_8),
            SigstoreFuzzTargets::privateKey));
  }

  private static byte[] logged(String change) {
    return bytes(KeylessTest.changed(new SigstoreRig(), change).entry().get("canonicalizedBody"));
  }

  private static byte[] legacy(Forgery forgery) {
    return String.valueOf(forgery.signature().annotations().get(SigstoreFormat.LOG_ENTRY))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void promises(byte[] der) {
    X509Certificate certificate;
    try {
      certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException _) {
      return;
    }
    Precertificate.of(certificate);
  }

  /// Up to what a passphrase is needed for, which takes long on purpose.
  private static void privateKey(byte[] pem) {
    var block = Pem.read(pem, List.of(SigningKey.PEM_TYPE), "key");
    Json.read(block.content(), EncryptedKey.class, "key");
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(JsonNode node) {
    try {
      return node.binaryValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FuzzTarget target(String name, byte[] seed, Consumer<byte[]> parser) {
    return new FuzzTarget(name, List.of(seed), parser);
  }
}
