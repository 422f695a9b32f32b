package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Outcome;
import dev.ocij.testing.Tool;
import dev.ocij.testing.TurningProvider;
import dev.ocij.trust.simple.GpgHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Layers whose keys are wrapped by OpenPGP, or by a program: what skopeo encrypts we decrypt, and
/// the other way round.
@Tag("tool")
class EncryptedForTest {
  private static final String PROVIDERS = "OCICRYPT_KEYPROVIDER_CONFIG";

  private static GpgHome gpg;
  private static TurningProvider server;
  private static Tool skopeo;
  private static StartImages start;
  private static String plain;
  private static final Map<String, String> environment = new HashMap<>();
  @TempDir private static Path shared;
  @TempDir private Path folder;

  @BeforeAll
  static void keys_and_a_program() throws IOException {
    skopeo = Tool.required("skopeo");
    Tool.required("gpg");
    Tool.required("python3");
    start = StartImages.in(shared);
    SkopeoLine.copy(start.oci("single"), "dir:" + shared.resolve("opened")).succeeded();
    plain = raw("dir:" + shared.resolve("opened"));
    gpg = GpgHome.create();
    environment.putAll(gpg.environment());
    for (var name : new String[] {"ada", "eve"}) {
      var secret = name.equals("eve") ? "secret" : "";
      gpg.generate(
          "%s <%s@example.test>".formatted(name, name), "default", "default", "never", secret);
      Files.write(shared.resolve(name), gpg.exportSecret(name, secret));
    }
    gpg.generate("signer <signer@example.test>", "rsa2048", "sign", "never", "");
    server = TurningProvider.serve(shared);
    Files.writeString(
        shared.resolve("providers.json"),
        """
        {"key-providers":{"turning":{"cmd":{"path":"%s","args":[]}},
          "missing":{"cmd":{"path":"/nonexistent/program"}},"far":{"grpc":"127.0.0.1:1"},
          "nowhere":{"grpc":"unix:/nonexistent/socket"},"odd":{"grpc":"unix-abstract:x"},
          "neither":{}}}
        """
            .formatted(TurningProvider.program(shared)));
    Files.writeString(
        shared.resolve("servers.json"),
        "{\"key-providers\":{\"turning\":{\"grpc\":\"%s\"}}}".formatted(server.host()));
    for (var form : List.of("unix:", "unix://")) {
      Files.writeString(
          shared.resolve(form.replaceAll("\\W", "") + form.length() + ".json"),
          "{\"key-providers\":{\"turning\":{\"grpc\":\"%s%s\"}}}"
              .formatted(form, TurningProvider.socket(shared)));
    }
  }

  @AfterAll
  static void no_keys() throws IOException {
    if (server != null) {
      server.close();
    }
    if (gpg != null) {
      gpg.close();
    }
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          pgp:ada@example.test,  SHARED/ada
          pgp:eve@example.test,  SHARED/eve:pass=secret
          pgp:eve@example.test,  SHARED/eve:secret
          provider:turning,      provider:turning
          provider:turning:well, provider:turning:well
          """)
  void what_was_encrypted_opens(String recipient, String key) {
    ours(start.oci("single"), oci("ours"), "--encryption-key", recipient).succeeded();
    assertThat(raw(oci("ours"))).contains("+encrypted\"", "org.opencontainers.image.enc.keys.p");
    ours(oci("ours"), dir("opened"), "--decryption-key", at(key)).succeeded();
    assertPlain("opened");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          servers.json,   providers.json, provider:turning
          providers.json, servers.json,   provider:turning:well
          servers.json,   servers.json,   provider:turning
          unix5.json,     providers.json, provider:turning
          providers.json, unix7.json,     provider:turning:well
          """)
  void a_server_and_a_program_open_what_the_other_wraps(
      String wraps, String unwraps, String provider) {
    told(wraps, start.oci("single"), oci("ours"), "--encryption-key", provider).succeeded();
    told(unwraps, oci("ours"), dir("opened"), "--decryption-key", provider).succeeded();
    assertPlain("opened");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          provider:turning:badly  | not for 100% of you\\" (status 7 of gRPC)
          provider:turning:silent | answer of a key provider
          """)
  void what_a_server_refuses_is_told(String provider, String why) {
    var outcome =
        told("servers.json", start.oci("single"), dir("never"), "--encryption-key", provider);
    assertThat(outcome.failed().stderr()).contains(why);
    assertThat(folder.resolve("never")).doesNotExist();
  }

  /// Debian's skopeo knows OpenPGP keys without passphrase, and no key providers.
  @Test
  void each_opens_what_the_other_encrypts() {
    theirs(start.oci("single"), oci("theirs"), "--encryption-key", "pgp:ada@example.test")
        .succeeded();
    ours(oci("theirs"), dir("ours-opened"), "--decryption-key", at("SHARED/ada")).succeeded();
    assertPlain("ours-opened");
    ours(start.oci("single"), oci("ours"), "--encryption-key", "pgp:ada@example.test").succeeded();
    theirs(oci("ours"), dir("theirs-opened"), "--decryption-key", at("SHARED/ada")).succeeded();
    assertPlain("theirs-opened");
  }

  @Test
  void another_key_opens_nothing() {
    ours(start.oci("single"), oci("ours"), "--encryption-key", "pgp:ada@example.test").succeeded();
    assertThat(
            ours(oci("ours"), dir("never"), "--decryption-key", at("SHARED/eve:pass=secret"))
                .failed()
                .stderr())
        .contains("none of the private keys opens it");
    assertThat(folder.resolve("never")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --encryption-key=pgp:nobody@example.test | gpg has no key
          --encryption-key=pgp:signer@example.test | is not for encryption
          --encryption-key=pgp:example.test        | keys of that name
          --encryption-key=provider:unknown        | describes no program or server for it
          --encryption-key=provider:missing        | no such file or directory
          --encryption-key=provider:turning:badly  | its program ended with status 3
          --encryption-key=provider:turning:silent | answer of a key provider
          --encryption-key=provider:far            | call 127.0.0.1:1: failed to connect
          --encryption-key=provider:nowhere        | call unix:/nonexistent/socket: no such file or directory
          --encryption-key=provider:odd            | expected HOST:PORT or unix:PATH
          --encryption-key=provider:neither        | describes no program or server for it
          --encryption-key=nothing:x               | use jwe, pgp, pkcs7 or provider
          --decryption-key=provider:odd            | expected HOST:PORT or unix:PATH
          """)
  void what_does_not_work_is_told(String option, String why) {
    assertThat(ours(start.oci("single"), dir("never"), option).failed().stderr())
        .containsIgnoringCase(why);
    assertThat(folder.resolve("never")).doesNotExist();
  }

  @Test
  void a_locked_key_needs_its_passphrase() {
    ours(start.oci("single"), oci("ours"), "--encryption-key", "pgp:eve@example.test").succeeded();
    for (var key : new String[] {"SHARED/eve", "SHARED/eve:pass=wrong"}) {
      assertThat(ours(oci("ours"), dir("never"), "--decryption-key", at(key)).failed().stderr())
          .contains("the passphrase does not open it")
          .doesNotContain("wrong");
    }
  }

  private void assertPlain(String name) {
    assertThat(raw(dir(name))).isEqualTo(plain);
  }

  private static String at(String text) {
    return text.replace("SHARED", shared.toString());
  }

  private String oci(String name) {
    return "oci:%s:t".formatted(folder.resolve("layout-" + name));
  }

  private String dir(String name) {
    return "dir:" + folder.resolve(name);
  }

  private static String raw(String location) {
    return SkopeoLine.run("inspect", "--raw", location).succeeded().stdout();
  }

  private static Outcome ours(String from, String to, String... options) {
    return told("providers.json", from, to, options);
  }

  /// Ours, with the key providers of this file.
  private static Outcome told(String providers, String from, String to, String... options) {
    var variables = new HashMap<>(environment);
    variables.put(PROVIDERS, shared.resolve(providers).toString());
    return SkopeoLine.with(line(from, to, options)).with(variables).outcome();
  }

  private static Outcome theirs(String from, String to, String... options) {
    return skopeo.with(line(from, to, options)).with(environment).outcome();
  }

  private static String[] line(String from, String to, String... options) {
    return "--insecure-policy copy -q %s %s %s"
        .formatted(String.join(" ", options), from, to)
        .split(" +");
  }
}
