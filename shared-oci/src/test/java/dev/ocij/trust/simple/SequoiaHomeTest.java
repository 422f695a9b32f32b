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
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Keys where Sequoia keeps them. gpg made them, for Debian 12 has no `sq` that has a key store,
/// and judges what they sign.
@Tag("tool")
class SequoiaHomeTest {
  private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);
  @AutoClose private GpgHome gpg;
  @TempDir private Path folder;

  @BeforeEach
  void open() throws IOException {
    gpg = GpgHome.create();
  }

  @ParameterizedTest
  @CsvSource({"rsa2048, ''", "rsa2048, open", "ed25519, ''", "ed25519, open", "nistp256, open"})
  void gpg_believes_what_its_key_signed(String algorithm, String secret) throws IOException {
    var fingerprint = gpg.generate("me", algorithm, "sign", "never", secret);
    keep("anything.pgp", gpg.exportSecret("me", secret));
    var key = find(fingerprint.toLowerCase(Locale.ROOT), secret);
    var signed = gpg.file("signed", key.sign(CONTENT));
    assertThat(gpg.gpg("--decrypt", signed.toString())).isEqualTo(CONTENT);
    if (!secret.isEmpty()) {
      for (var wrong : new String[] {"", "wrong"}) {
        assertThatThrownBy(() -> find(fingerprint, wrong))
            .isInstanceOfSatisfying(
                OciException.class,
                e -> assertThat(e.category()).isEqualTo(OciException.Category.UNAUTHORIZED))
            .hasMessageContaining("the passphrase is wrong");
      }
    }
  }

  @Test
  void a_key_is_found_among_others_by_its_own_name_or_that_of_its_subkey() throws IOException {
    var other = gpg.generate("other", "ed25519", "sign", "never", "");
    var primary = gpg.generate("me", "rsa2048", "cert", "never", "");
    gpg.gpg("--passphrase", "", "--quick-add-key", primary, "ed25519", "sign", "never");
    var subkey = gpg.fingerprints("me").get(1);
    keep(other + ".pgp", gpg.exportSecret("other", ""));
    keep("me.asc", gpg.gpg("--armor", "--export-secret-keys", "me"));
    keep("a.pgp", "no key".getBytes(StandardCharsets.UTF_8));
    keep("me.pgp.rev", new byte[0]);
    for (var name : new String[] {primary, subkey}) {
      assertThat(Fingerprint.of(find(name, "").publicKey())).isEqualTo(subkey);
    }
    assertThat(Fingerprint.of(find(other, "").publicKey())).isEqualTo(other);
  }

  @Test
  void one_that_is_not_there_is_told_with_the_place() throws IOException {
    assertThatThrownBy(() -> find("0123", ""))
        .hasMessage(
            "sign with key 0123: it is not in \"%s\"; `sq key import` puts one there"
                .formatted(softKeys()));
    var fingerprint = gpg.generate("me", "ed25519", "sign", "never", "");
    keep("me.txt", gpg.exportSecret("me", ""));
    assertThatThrownBy(() -> find(fingerprint, "")).hasMessageContaining("it is not in");
  }

  @ParameterizedTest
  @CsvSource({
    "/home/me,,, /home/me/.local/share/sequoia/keystore/softkeys",
    "/home/me, /data,, /data/sequoia/keystore/softkeys",
    "/home/me, /data, /sequoia, /sequoia/data/keystore/softkeys",
  })
  void its_place_is_sequoias(String home, String data, String sequoia, String expected) {
    var environment =
        Map.of(
            "HOME", home,
            "XDG_DATA_HOME", data == null ? "" : data,
            "SEQUOIA_HOME", sequoia == null ? "" : sequoia);
    assertThat(SequoiaHome.of(environment).folder()).isEqualTo(Path.of(expected));
  }

  private SecretKey find(String name, String secret) {
    var home = SequoiaHome.of(Map.of("XDG_DATA_HOME", folder.toString()));
    return home.secretKey(name, Passphrase.of(secret), Instant.now());
  }

  private Path softKeys() {
    return folder.resolve("sequoia/keystore/softkeys");
  }

  private void keep(String name, byte[] file) throws IOException {
    Files.write(Files.createDirectories(softKeys()).resolve(name), file);
  }
}
