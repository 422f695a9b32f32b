package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Outcome;
import dev.ocij.testing.Run;
import dev.ocij.testing.Tool;
import dev.ocij.trust.simple.GpgHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
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
  /// Turns each byte over. The question is as skopeo 1.22 asks it.
  private static final String PROGRAM =
      """
      #!/usr/bin/python3
      import base64, json, sys
      asked = json.load(sys.stdin)
      assert list(asked) == ["op", "keywrapparams", "keyunwrapparams"]
      wrap = asked["op"] == "keywrap"
      asked = asked["keywrapparams" if wrap else "keyunwrapparams"]
      told = base64.b64decode(asked["ec" if wrap else "dc"]["Parameters"]["turning"][0])
      assert not wrap or asked["ec"]["DecryptConfig"] == {"Parameters": {}}
      if told == b"silent":
          sys.exit(0)
      if told not in (b"Enabled", b"well"):
          sys.exit(3)
      turned = bytes(b ^ 0xff for b in base64.b64decode(asked["optsdata" if wrap else "annotation"]))
      field = "annotation" if wrap else "optsdata"
      json.dump({"keywrapresults" if wrap else "keyunwrapresults":
                 {field: base64.b64encode(turned).decode()}}, sys.stdout)
      """;

  private static GpgHome gpg;
  private static Tool skopeo;
  private static StartImages start;
  private static final Map<String, String> environment = new HashMap<>();
  @TempDir private static Path shared;
  @TempDir private Path folder;

  @BeforeAll
  static void keys_and_a_program() throws IOException {
    skopeo = Tool.required("skopeo");
    Tool.required("gpg");
    Tool.required("python3");
    start = StartImages.in(shared);
    gpg = GpgHome.create();
    environment.putAll(gpg.environment());
    for (var name : new String[] {"ada", "eve"}) {
      var secret = name.equals("eve") ? "secret" : "";
      gpg.generate(
          "%s <%s@example.test>".formatted(name, name), "default", "default", "never", secret);
      Files.write(shared.resolve(name), gpg.exportSecret(name, secret));
    }
    gpg.generate("signer <signer@example.test>", "rsa2048", "sign", "never", "");
    var program = Files.writeString(shared.resolve("turning"), PROGRAM);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(
        shared.resolve("providers.json"),
        """
        {"key-providers":{"turning":{"cmd":{"path":"%s","args":[]}},
          "missing":{"cmd":{"path":"/nonexistent/program"}},"far":{"grpc":"127.0.0.1:1"}}}
        """
            .formatted(program));
    environment.put("OCICRYPT_KEYPROVIDER_CONFIG", shared.resolve("providers.json").toString());
  }

  @AfterAll
  static void no_keys() throws IOException {
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
          --encryption-key=provider:unknown        | describes no program for it
          --encryption-key=provider:missing        | no such file or directory
          --encryption-key=provider:turning:badly  | its program ended with status 3
          --encryption-key=provider:turning:silent | answer of a key provider
          --encryption-key=provider:far            | asked by gRPC, which is not implemented yet
          --encryption-key=nothing:x               | use jwe, pgp, pkcs7 or provider
          --decryption-key=provider:far            | asked by gRPC, which is not implemented yet
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
    ours(start.oci("single"), dir("plain")).succeeded();
    assertThat(raw(dir(name))).isEqualTo(raw(dir("plain")));
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
    return copied(SkopeoLine.with(line(from, to, options)));
  }

  private static Outcome theirs(String from, String to, String... options) {
    return copied(skopeo.with(line(from, to, options)));
  }

  private static String[] line(String from, String to, String... options) {
    return "--insecure-policy copy -q %s %s %s"
        .formatted(String.join(" ", options), from, to)
        .split(" +");
  }

  private static Outcome copied(Run run) {
    return run.with(environment).outcome();
  }
}
