package dev.ocij.trust.simple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ocij.image.Document;
import dev.ocij.trust.BadSignatureException;
import dev.ocij.trust.Candidates;
import dev.ocij.trust.Passphrase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("tool")
class StandaloneSignatureTest {
  private static final Document MANIFEST = Candidates.manifest("a");

  private final Clock clock = Clock.systemUTC();

  @SuppressWarnings("NullAway.Init")
  @AutoClose
  private GpgHome home;

  @SuppressWarnings("NullAway.Init")
  private String fingerprint;

  @BeforeEach
  void make_key() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/skopeo")), "skopeo is not installed");
    home = GpgHome.create();
    fingerprint = home.generate("signer", "ed25519", "sign", "never", "");
    home.file("manifest", MANIFEST.bytes());
  }

  @Test
  void skopeo_verifies_what_we_signed() throws IOException {
    var secret = home.file("secret", home.gpg("--export-secret-keys", "signer"));
    var signer = SimpleSigner.read(secret, Passphrase.EMPTY, clock);
    var file = home.file("signature", signer.sign(MANIFEST, Candidates.NAME).message());

    var said =
        home.run(
            "skopeo",
            List.of(
                "standalone-verify",
                home.path("manifest"),
                Candidates.NAME,
                fingerprint,
                file.toString()));

    assertThat(new String(said, StandardCharsets.UTF_8)).contains("digest " + MANIFEST.digest());
  }

  @Test
  void verifies_what_skopeo_signed() throws IOException {
    var signature = signedBySkopeo();
    var signers = List.of(trusted("signer"), StandaloneSignature.Signers.anyOf(keyring()));

    for (var each : signers) {
      assertThat(signature.verify(MANIFEST, Candidates.NAME, each, clock))
          .isEqualTo(new StandaloneSignature.Verified(fingerprint, MANIFEST.digest()));
    }
  }

  @Test
  void rejects_another_manifest_name_or_signer() throws IOException {
    var signature = signedBySkopeo();
    var signers = trusted("signer");
    var other = Candidates.manifest("b");
    var nobody = StandaloneSignature.Signers.of(keyring(), List.of("0123"));

    assertThatThrownBy(() -> signature.verify(other, Candidates.NAME, signers, clock))
        .isInstanceOf(BadSignatureException.class)
        .hasMessageContaining("does not match");
    assertThatThrownBy(() -> signature.verify(MANIFEST, "a/b:1", signers, clock))
        .isInstanceOf(BadSignatureException.class)
        .hasMessageContaining("another name");
    assertThatThrownBy(() -> signature.verify(MANIFEST, Candidates.NAME, nobody, clock))
        .isInstanceOf(BadSignatureException.class)
        .hasMessageContaining("is not accepted");
  }

  @Test
  void shows_what_a_signature_says() throws IOException {
    var dump = UntrustedSignature.parse(signedBySkopeo().message());

    assertThat(dump.dockerManifestDigest()).isEqualTo(MANIFEST.digest());
    assertThat(dump.dockerReference()).isEqualTo(Candidates.NAME);
    assertThat(dump.creatorId()).startsWith("atomic ");
    assertThat(fingerprint).endsWith(dump.shortKeyIdentifier());
  }

  private StandaloneSignature.Signers trusted(String name) {
    return StandaloneSignature.Signers.ofGpg(home.fingerprints(name), home.environment());
  }

  private Keyring keyring() {
    return Keyring.parse(List.of(home.export("signer")));
  }

  private StandaloneSignature signedBySkopeo() throws IOException {
    var file = home.path("by-skopeo");
    home.run(
        "skopeo",
        List.of(
            "standalone-sign",
            "--output",
            file,
            home.path("manifest"),
            Candidates.NAME,
            fingerprint));
    return new StandaloneSignature(Files.readAllBytes(Path.of(file)));
  }
}
