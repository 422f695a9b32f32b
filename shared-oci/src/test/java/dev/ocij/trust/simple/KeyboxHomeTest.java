package dev.ocij.trust.simple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.spec.OciException;
import dev.ocij.trust.Passphrase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Keys that gpg made and keeps, read without it; gpg judges what they sign.
@Tag("tool")
class KeyboxHomeTest {
  private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);
  @AutoClose private GpgHome gpg;
  private KeyboxHome home;

  @BeforeEach
  void open() throws IOException {
    gpg = GpgHome.create();
    home = KeyboxHome.of(gpg.environment());
  }

  /// In both forms that the agent has had for its files.
  @ParameterizedTest
  @CsvSource({
    "rsa2048, '', ''",
    "rsa2048, open, ''",
    "ed25519, '', ''",
    "ed25519, open, ''",
    "rsa2048, '', disable-extended-key-format",
    "rsa2048, open, disable-extended-key-format",
    "ed25519, '', disable-extended-key-format",
    "ed25519, open, disable-extended-key-format",
  })
  void gpg_believes_what_its_key_signed(String algorithm, String secret, String setting)
      throws IOException {
    gpg.file("gpg-agent.conf", (setting + "\n").getBytes(StandardCharsets.UTF_8));
    var fingerprint = gpg.generate("me", algorithm, "sign", "never", secret);
    var key = home.secretKey(fingerprint, Passphrase.of(secret), Instant.now()).orElseThrow();
    var signed = gpg.file("signed", key.sign(CONTENT));
    assertThat(gpg.gpg("--decrypt", signed.toString())).isEqualTo(CONTENT);
    if (!secret.isEmpty()) {
      assertThat(find(fingerprint, "")).as("the agent may know it").isEmpty();
      assertThatThrownBy(() -> find(fingerprint, "wrong"))
          .isInstanceOfSatisfying(
              OciException.class,
              e -> assertThat(e.category()).isEqualTo(OciException.Category.UNAUTHORIZED))
          .hasMessageContaining("the passphrase is wrong")
          .hasMessageNotContaining("secret key of gpg: wrong");
    }
  }

  @Test
  void the_newest_subkey_that_signs_is_chosen() throws IOException {
    var primary = gpg.generate("me", "rsa2048", "sign", "never", "");
    gpg.gpg("--passphrase", "", "--quick-add-key", primary, "ed25519", "sign", "never");
    var subkey = gpg.fingerprints("me").get(1);
    var key = find(primary, "").orElseThrow();
    assertThat(Fingerprint.of(key.publicKey())).isEqualTo(subkey);
    var signed = gpg.file("signed", key.sign(CONTENT));
    assertThat(gpg.gpg("--decrypt", signed.toString())).isEqualTo(CONTENT);
    assertThat(find(subkey.toLowerCase(Locale.ROOT), "")).isPresent();
  }

  @Test
  void what_only_gpg_can_tell_is_left_to_it() throws IOException {
    var curve = gpg.generate("curve", "nistp256", "sign", "never", "");
    var rsa = gpg.generate("rsa", "rsa2048", "sign", "never", "");
    assertThat(find(curve, "")).as("another kind of key").isEmpty();
    assertThat(find("rsa", "")).as("no fingerprint").isEmpty();
    assertThat(find("0".repeat(40), "")).as("an unknown key").isEmpty();
    assertThat(find(rsa, "")).isPresent();
    var file = keyFile(rsa);
    var content = Files.readString(file, StandardCharsets.ISO_8859_1);
    Files.writeString(
        file,
        content.replace("(private-key", "(shadowed-private-key"),
        StandardCharsets.ISO_8859_1);
    assertThat(find(rsa, "")).as("a key on a card").isEmpty();
    Files.writeString(file, content.substring(0, 90), StandardCharsets.ISO_8859_1);
    assertThat(find(rsa, "")).as("a truncated key").isEmpty();
    Files.delete(file);
    assertThat(find(rsa, "")).as("no secret key").isEmpty();
    assertThat(home.export(List.of(rsa, "0".repeat(40)))).isEmpty();
    gpg.file("pubring.kbx", new byte[] {0, 0, 0, 32, 1, 1});
    assertThat(home.export(List.of(rsa))).as("a damaged keybox").isEmpty();
    gpg.file("pubring.kbx", new byte[0]);
  }

  @Test
  void public_keys_are_read_too() {
    var fingerprint = gpg.generate("me", "ed25519", "sign", "never", "");
    var key = find(fingerprint, "").orElseThrow();
    var exported = Keyring.parse(List.of(home.export(List.of(fingerprint)).orElseThrow()));
    assertThat(exported.find(key.publicKey().getKeyID()).orElseThrow().fingerprint())
        .isEqualTo(fingerprint);
    exported.find(key.publicKey().getKeyID()).orElseThrow().requireUsable(Instant.now());
  }

  private Optional<SecretKey> find(String name, String secret) {
    return home.secretKey(name, Passphrase.of(secret), Instant.now());
  }

  private Path keyFile(String fingerprint) {
    var lines =
        new String(
            gpg.gpg("--with-colons", "--with-keygrip", "--list-keys", fingerprint),
            StandardCharsets.UTF_8);
    var grip =
        lines
            .lines()
            .filter(line -> line.startsWith("grp:"))
            .findFirst()
            .orElseThrow()
            .split(":", -1)[9];
    return home.folder().resolve("private-keys-v1.d").resolve(grip + ".key");
  }
}
