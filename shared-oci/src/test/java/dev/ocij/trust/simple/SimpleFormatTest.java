package dev.ocij.trust.simple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.image.Document;
import dev.ocij.spec.OciException;
import dev.ocij.trust.BadSignatureException;
import dev.ocij.trust.Candidates;
import dev.ocij.trust.KeySource;
import dev.ocij.trust.Passphrase;
import dev.ocij.trust.Signature;
import dev.ocij.trust.TrustedSigner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPSecretKey;
import org.bouncycastle.openpgp.bc.BcPGPSecretKeyRingCollection;
import org.bouncycastle.openpgp.operator.bc.BcPBESecretKeyDecryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("tool")
class SimpleFormatTest {
  private static final Clock NOW = Clock.systemUTC();
  private static final Document MANIFEST = Candidates.manifest("a");
  private static final String PAYLOAD =
      """
      {"critical":{"identity":{"docker-reference":"%s"},"image":{"docker-manifest-digest":"%s"},\
      "type":"atomic container signature"},"optional":{}}\
      """
          .formatted(Candidates.NAME, MANIFEST.digest());

  @SuppressWarnings("NullAway.Init")
  @AutoClose
  private static GpgHome home;

  @BeforeAll
  static void make_keys() throws IOException {
    home = GpgHome.create();
    home.generate("rsa", "rsa2048", "sign", "never", "");
    home.generate("edwards", "ed25519", "sign", "never", "");
    home.generate("p256", "nistp256", "sign", "never", "");
    home.generate("weak", "rsa1024", "sign", "never", "");
    home.generate("short", "ed25519", "sign", "seconds=86400", "");
    var subbed = home.generate("subbed", "ed25519", "cert", "never", "");
    home.gpg("--passphrase", "", "--quick-add-key", subbed, "ed25519", "sign", "never");
    home.generate("locked", "ed25519", "sign", "never", "secret");
    var mixed = home.generate("mixed", "rsa2048", "sign", "never", "");
    home.gpg("--passphrase", "", "--quick-add-key", mixed, "rsa2048", "encr", "never");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa", "edwards", "p256", "subbed"})
  void accepts_what_gpg_signed(String key) throws IOException {
    var claim = verify(signedByGpg(key, PAYLOAD), home.export(key));

    assertThat(claim).isEqualTo(home.fingerprints(key).getLast());
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "zip", "zlib"})
  void reads_compressed_messages(String compression) throws IOException {
    var message = signedByGpg("edwards", PAYLOAD, "--compress-algo", compression);

    assertThat(verify(message, home.export("edwards"))).isNotEmpty();
  }

  @Test
  void takes_armored_keyrings_and_several_in_one_file() throws IOException {
    var both =
        new String(home.gpg("--armor", "--export", "rsa"), StandardCharsets.US_ASCII)
            + new String(home.gpg("--armor", "--export", "edwards"), StandardCharsets.US_ASCII);

    assertThat(verify(signedByGpg("edwards", PAYLOAD), both.getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo(home.fingerprints("edwards").getFirst());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa", "edwards", "p256", "subbed", "locked"})
  void gpg_accepts_what_an_exported_key_signed(String key) throws IOException {
    var secret = key.equals("locked") ? "secret" : "";
    var exported =
        home.file("secret", home.gpg("--passphrase", secret, "--export-secret-keys", key));
    var signer = SimpleSigner.read(exported, Passphrase.of(secret), NOW);

    var message = signer.sign(MANIFEST, Candidates.NAME).message();

    home.gpg("--verify", home.file("message", message).toString());
    assertThat(verify(message, home.export(key))).isEqualTo(home.fingerprints(key).getLast());
  }

  @Test
  void signs_through_gpg() {
    var fingerprint = home.fingerprints("locked").getFirst();
    var signer = SimpleSigner.ofGpg(fingerprint, Passphrase.of("secret"), home.environment(), NOW);

    var message = signer.sign(MANIFEST, Candidates.NAME).message();

    assertThat(verify(message, home.export("locked"))).isEqualTo(fingerprint);
  }

  /// What we do not read ourselves: another algorithm, and a key whose passphrase only the agent
  /// has.
  @ParameterizedTest
  @ValueSource(strings = {"p256", "locked"})
  void has_gpg_sign_what_only_gpg_can(String key) throws IOException {
    var fingerprint = home.fingerprints(key).getFirst();
    var file = home.file("anything", MANIFEST.toString().getBytes(StandardCharsets.UTF_8));
    home.gpg("--passphrase", "secret", "--local-user", fingerprint, "--sign", file.toString());
    var signer = SimpleSigner.ofGpg(fingerprint, Passphrase.of(""), home.environment(), NOW);

    var message = signer.sign(MANIFEST, Candidates.NAME).message();

    assertThat(verify(message, home.export(key))).isEqualTo(fingerprint);
  }

  @Test
  void refuses_a_wrong_passphrase() throws IOException {
    var exported =
        home.file("secret", home.gpg("--passphrase", "secret", "--export-secret-keys", "locked"));

    assertThatThrownBy(() -> SimpleSigner.read(exported, Passphrase.of("x"), NOW))
        .isInstanceOf(OciException.class)
        .hasMessageContaining("the passphrase is wrong");
  }

  @Test
  void refuses_a_key_that_gpg_does_not_have() {
    var signer = SimpleSigner.ofGpg("0123", Passphrase.EMPTY, home.environment(), NOW);

    assertThatThrownBy(() -> signer.sign(MANIFEST, Candidates.NAME))
        .isInstanceOf(OciException.class)
        .hasMessageContaining("gpg failed");
  }

  @Test
  void rejects_a_key_outside_the_keyring() throws IOException {
    assertRejected(signedByGpg("edwards", PAYLOAD), home.export("rsa"), NOW, "is not accepted");
  }

  @Test
  void rejects_a_weak_key() throws IOException {
    assertRejected(signedByGpg("weak", PAYLOAD), home.export("weak"), NOW, "1024 bits is too weak");
  }

  @Test
  void rejects_a_weak_hash() throws IOException {
    var message = signedByGpg("rsa", PAYLOAD, "--digest-algo", "SHA1");

    assertRejected(message, home.export("rsa"), NOW, "too weak");
  }

  @Test
  void rejects_an_expired_key() throws IOException {
    var later = Clock.offset(NOW, Duration.ofDays(2));

    assertRejected(signedByGpg("short", PAYLOAD), home.export("short"), later, "is expired");
  }

  @Test
  void rejects_an_expired_signature() throws IOException {
    var message = signedByGpg("edwards", PAYLOAD, "--default-sig-expire", "1d");
    var later = Clock.offset(NOW, Duration.ofDays(2));

    assertRejected(message, home.export("edwards"), later, "Signature is expired");
  }

  @Test
  void rejects_a_signature_from_the_future() throws IOException {
    var earlier = Clock.offset(NOW, Duration.ofDays(-2));

    assertRejected(
        signedByGpg("edwards", PAYLOAD), home.export("edwards"), earlier, "in the future");
  }

  @Test
  void rejects_a_revoked_key() throws IOException {
    try (var other = GpgHome.create()) {
      var fingerprint = other.generate("gone", "ed25519", "sign", "never", "");
      var before = other.export("gone");
      var message = sign(other, "gone", PAYLOAD);
      var folder = Path.of(String.valueOf(other.environment().get("GNUPGHOME")));
      var file = folder.resolve("openpgp-revocs.d").resolve(fingerprint + ".rev");
      Files.writeString(file, Files.readString(file).replace(":-----BEGIN", "-----BEGIN"));
      other.gpg("--import", file.toString());

      assertThat(verify(message, before)).isEqualTo(fingerprint);
      assertRejected(message, other.export("gone"), NOW, "is revoked");
    }
  }

  /// gpg does not make such a signature; a thief of the subkey would.
  @Test
  void rejects_a_subkey_that_is_for_encryption_only() throws Exception {
    var content = PAYLOAD.getBytes(StandardCharsets.UTF_8);
    var stolen = secret("mixed", 1);

    assertRejected(stolen.sign(content), home.export("mixed"), NOW, "is not for signing");
    assertThat(verify(secret("mixed", 0).sign(content), home.export("mixed"))).isNotEmpty();
  }

  /// What a program would have to tell from the status lines of gpg.
  @Test
  void a_user_id_that_looks_like_a_status_line_says_nothing() throws IOException {
    try (var other = GpgHome.create()) {
      var trusted = home.fingerprints("rsa").getFirst();
      var name = "[GNUPG:] VALIDSIG %s [GNUPG:] TRUST_ULTIMATE <a@b.example>".formatted(trusted);
      other.generate(name, "ed25519", "sign", "never", "");
      var message = sign(other, "a@b.example", PAYLOAD);

      assertRejected(message, home.export("rsa"), NOW, "is not accepted");
      assertThat(verify(message, other.export("a@b.example")))
          .isEqualTo(other.fingerprints("a@b.example").getFirst())
          .isNotEqualTo(trusted);
    }
  }

  /// @param position of the key in its ring; 0 for the primary one
  private static SecretKey secret(String name, int position) throws IOException, PGPException {
    var exported = new ByteArrayInputStream(home.exportSecret(name, ""));
    var ring = new BcPGPSecretKeyRingCollection(exported).iterator().next();
    var keys = new ArrayList<PGPSecretKey>();
    ring.forEach(keys::add);
    var key = keys.get(position);
    var decryptor =
        new BcPBESecretKeyDecryptorBuilder(new BcPGPDigestCalculatorProvider()).build(new char[0]);
    return new SecretKey(key.getPublicKey(), key.extractPrivateKey(decryptor));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "type":"atomic                | "type":"cosign                       | the type is not
          "critical":                   | "x":1,"critical":                    | unknown key "x"
          {"identity":                  | {"x":1,"identity":                   | unknown key "x"
          {"docker-reference":          | {"x":1,"docker-reference":           | unknown key "x"
          {"docker-manifest-digest":    | {"x":1,"docker-manifest-digest":     | unknown key "x"
          {"docker-manifest-digest":    | {"docker-manifest-digest":"a","docker-manifest-digest": | docker-manifest-digest
          "docker-reference":           | "docker-reference":1,"other":        | must be a string
          sha256:                       | sha256:AA                            | invalid digest
          ,"optional":{}                | ``                                   | "optional" is missing
          "optional":{}                 | "optional":null                      | expected an object
          "optional":{}                 | "optional":{"creator":1}             | must be a string
          "optional":{}                 | "optional":{"timestamp":1.5}         | must be an integer
          "optional":{}                 | "optional":{"timestamp":-1}          | is no time
          "optional":{}}                | "optional":{}                        | payload
          "optional":{}}                | "optional":{}}{}                     | payload
          """)
  void rejects_a_payload_that_is_not_understood(String part, String instead, String reason)
      throws IOException {
    assertThat(PAYLOAD).contains(part);

    assertRejected(
        signedByGpg("edwards", PAYLOAD.replace(part, instead)),
        home.export("edwards"),
        NOW,
        reason);
  }

  @Test
  void passes_over_unknown_optional_keys() throws IOException {
    var message =
        signedByGpg("edwards", PAYLOAD.replace("\"optional\":{}", "\"optional\":{\"x\":[1]}"));

    assertThat(verify(message, home.export("edwards"))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "zip"})
  void rejects_trailing_garbage_and_every_truncation(String compression) throws IOException {
    var message = signedByGpg("edwards", PAYLOAD, "--compress-algo", compression);
    var keys = home.export("edwards");

    assertRejected(Arrays.copyOf(message, message.length + 1), keys, NOW, "OpenPGP message");
    for (int length = 0; length < message.length; length++) {
      var cut = Arrays.copyOf(message, length);
      assertThatThrownBy(() -> verify(cut, keys)).isInstanceOf(BadSignatureException.class);
    }
  }

  @Test
  void rejects_every_altered_byte_of_the_content() throws IOException {
    var message = signedByGpg("edwards", PAYLOAD, "--compress-algo", "none");
    int start = new String(message, StandardCharsets.ISO_8859_1).indexOf("{\"critical\"");
    var keys = home.export("edwards");

    for (int i = start; i < start + PAYLOAD.length(); i++) {
      var altered = message.clone();
      altered[i] ^= 1;
      assertThatThrownBy(() -> verify(altered, keys)).hasMessageContaining("cryptographic");
    }
  }

  @Test
  void rejects_other_kinds_of_signatures() throws IOException {
    var file = home.file("payload", PAYLOAD.getBytes(StandardCharsets.UTF_8)).toString();
    var keys = home.export("edwards");

    for (var kind : List.of("--detach-sign", "--clear-sign", "--store")) {
      var other = home.gpg("-u", "edwards", "--output", "-", kind, file);
      assertRejected(other, keys, NOW, "OpenPGP");
    }
    var twice = home.gpg("-u", "edwards", "-u", "rsa", "--output", "-", "--sign", file);
    assertRejected(twice, keys, NOW, "more than one signature");
    var text = home.gpg("-u", "edwards", "--textmode", "--output", "-", "--sign", file);
    assertRejected(text, keys, NOW, "is not over data");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no keyring", "-----BEGIN PGP PUBLIC KEY BLOCK-----\n"})
  void refuses_what_is_no_keyring(String content) {
    assertThatThrownBy(() -> Keyring.parse(List.of(content.getBytes(StandardCharsets.UTF_8))))
        .isInstanceOf(OciException.class)
        .hasMessageStartingWith("read OpenPGP keyring:");
  }

  private static byte[] signedByGpg(String key, String payload, String... options)
      throws IOException {
    return sign(home, key, payload, options);
  }

  private static byte[] sign(GpgHome home, String key, String payload, String... options)
      throws IOException {
    var file = home.file("payload", payload.getBytes(StandardCharsets.UTF_8));
    var command = new ArrayList<>(List.of(options));
    command.addAll(List.of("-u", key, "--output", "-", "--sign", file.toString()));
    return home.gpg(command.toArray(String[]::new));
  }

  private static String verify(byte[] message, byte[] keys) {
    return verify(message, keys, NOW);
  }

  private static String verify(byte[] message, byte[] keys, Clock clock) {
    return new SimpleFormat(clock)
        .verifier(TrustedSigner.Keys.of(KeySource.ofData(List.of(keys))))
        .verify(new Signature.Simple(message))
        .key();
  }

  private static void assertRejected(byte[] message, byte[] keys, Clock clock, String reason) {
    assertThatThrownBy(() -> verify(message, keys, clock))
        .isInstanceOf(BadSignatureException.class)
        .hasMessageContaining(reason);
  }
}
