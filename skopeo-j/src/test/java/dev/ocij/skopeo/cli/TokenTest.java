package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.DockerRegistry;
import dev.ocij.testing.Launcher;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Keys that never leave their token: SoftHSM holds them, cosign and notation judge what they sign.
/// In a process of its own each time: a module reads its environment once.
@Tag("tool")
@Tag("distribution")
class TokenTest {
  private static final String PIN = "secret-pin-4711";
  @AutoClose private static DockerRegistry registry;
  private static StartImages start;
  private static Map<String, String> environment = Map.of();
  private static String module = "";
  @TempDir private static Path shared;
  @TempDir private Path folder;

  @BeforeAll
  static void fill_a_token() throws IOException {
    var softhsm = Tool.required("softhsm2-util");
    module =
        Stream.of("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/softhsm/libsofthsm2.so")
            .filter(file -> Files.exists(Path.of(file)))
            .findFirst()
            .orElseThrow();
    registry = DockerRegistry.open();
    start = StartImages.in(shared);
    Files.createDirectory(shared.resolve("tokens"));
    Files.writeString(
        shared.resolve("softhsm.conf"),
        "directories.tokendir = %s\n".formatted(shared.resolve("tokens")));
    Files.writeString(shared.resolve("pin"), PIN + "\n");
    environment =
        Map.of("SOFTHSM2_CONF", shared.resolve("softhsm.conf").toString(), "OCIJ_PIN", PIN);
    for (var label : new String[] {"other", "release token"}) {
      String[] line = {
        "--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", "12345678"
      };
      softhsm.with(line).with(environment).outcome().succeeded();
    }
    for (var kind : new String[] {"ec", "rsa"}) {
      generate(kind);
    }
  }

  private static void generate(String kind) throws IOException {
    var key = shared.resolve(kind + ".key").toString();
    var certificate = shared.resolve(kind + ".crt").toString();
    var openssl = Tool.required("openssl");
    var algorithm = kind.equals("ec") ? "EC" : "RSA";
    var option = kind.equals("ec") ? "ec_paramgen_curve:P-256" : "rsa_keygen_bits:2048";
    openssl.run("genpkey", "-algorithm", algorithm, "-pkeyopt", option, "-out", key).succeeded();
    openssl
        .run(
            "req",
            "-x509",
            "-new",
            "-key",
            key,
            "-subj",
            "/C=US/ST=WA/O=Rig/CN=" + kind,
            "-out",
            certificate,
            "-days",
            "2",
            "-addext",
            "keyUsage=critical,digitalSignature",
            "-addext",
            "extendedKeyUsage=codeSigning",
            "-addext",
            "basicConstraints=critical,CA:FALSE")
        .succeeded();
    openssl.run("pkey", "-in", key, "-pubout", "-out", shared.resolve(kind + ".pub").toString());
    write(kind, key, "privkey");
    write(kind, certificate, "cert");
    Files.delete(Path.of(key));
  }

  private static void write(String kind, String file, String type) {
    var id = kind.equals("ec") ? "01" : "02";
    Tool.required("pkcs11-tool")
        .with(
            "--module",
            module,
            "--token-label",
            "release token",
            "--login",
            "--pin",
            PIN,
            "--write-object",
            file,
            "--type",
            type,
            "--id",
            id,
            "--label",
            kind,
            "--usage-sign")
        .with(environment)
        .outcome()
        .succeeded();
  }

  @ParameterizedTest
  @CsvSource({"ec, legacy", "ec, bundle", "rsa, legacy", "rsa, bundle"})
  void cosign_believes_what_a_token_signed(String kind, String layout) {
    var image = pushed();
    var pin = kind.equals("ec") ? "&pin-source=env:OCIJ_PIN" : "&pin-source=file:" + pinFile();
    sign("--sign-by-pkcs11=" + uri(kind, pin), "--layout=" + layout, image).succeeded();
    assertThat(
            SkopeoLine.run("verify", "--tls-verify=false", "--key=" + publicKey(kind), image)
                .succeeded()
                .stdout())
        .contains(": verified");
    String[] line = {
      "verify",
      "--new-bundle-format=" + layout.equals("bundle"),
      "--key=" + publicKey(kind),
      "--insecure-ignore-tlog",
      "--allow-insecure-registry",
      image.substring("docker://".length())
    };
    Tool.required("cosign")
        .with(line)
        .with(Map.of("HOME", folder.toString()))
        .outcome()
        .succeeded();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ec", "rsa"})
  void notation_believes_what_a_token_signed(String kind) throws IOException {
    var image = pushed();
    var key = uri(kind, "&pin-source=" + pinFile());
    sign("--sign-by-notation-key=" + key, image).succeeded();
    var config = folder.resolve("notation");
    var store = Files.createDirectories(config.resolve("truststore/x509/ca/rig"));
    Files.copy(shared.resolve(kind + ".crt"), store.resolve(kind + ".crt"));
    Files.writeString(
        config.resolve("trustpolicy.json"),
        """
        {"version":"1.0","trustPolicies":[{"name":"all","registryScopes":["*"],
          "signatureVerification":{"level":"strict"},"trustStores":["ca:rig"],
          "trustedIdentities":["*"]}]}
        """);
    Tool.required("notation")
        .with("verify", "--insecure-registry", image.substring("docker://".length()))
        .with(Map.of("NOTATION_CONFIG", config.toString(), "HOME", folder.toString()))
        .outcome()
        .succeeded();
  }

  @Test
  void a_copy_is_signed_by_a_token() {
    String[] line = {
      "--insecure-policy",
      "copy",
      "-q",
      "--sign-by-pkcs11=" + uri("ec", ""),
      "--sign-passphrase-file=" + pinFile(),
      "--sign-identity=registry.example/app:1",
      start.oci(StartImages.SINGLE),
      "dir:" + folder + "/copy"
    };
    run(line).succeeded();
    assertThat(
            SkopeoLine.run("verify", "--key=" + publicKey("ec"), "dir:" + folder + "/copy")
                .succeeded()
                .stdout())
        .contains("sigstore signature for \"registry.example/app:1\"", ": verified");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          pkcs11:token=release%20token;object=ec?module-path=MODULE&pin-value=wrong-secret-pin | the PIN is refused
          pkcs11:token=release%20token;object=no?module-path=MODULE&pin-value=PIN | no such private key
          pkcs11:token=no;object=ec?module-path=MODULE&pin-value=PIN | 0 tokens are meant; there are
          pkcs11:object=ec?module-path=MODULE&pin-value=PIN          | tokens are meant; there are
          pkcs11:object=ec?module-path=/no/secret&pin-value=PIN      | load module "/no/secret"
          pkcs11:object=ec?module-path=MODULE&pin-source=env:NO_SUCH | the variable "NO_SUCH"
          pkcs11:object=ec?module-path=MODULE&pin-source=/no/file    | read passphrase file "/no/file"
          pkcs11:object=ec?module-path=MODULE&pin-source=%7Ccommand  | a command is not run
          pkcs11:object=ec;id=%01?module-path=MODULE&pin-value=PIN   | its attribute "id" is not looked at
          pkcs11:object=ec;object=rsa?module-path=MODULE&pin-value=PIN | is there twice
          pkcs11:object=ec?pin-value=PIN                             | it names no module
          pkcs11:token=x?module-path=MODULE&pin-value=PIN            | it names no key
          pkcs11:object=ec;type=cert?module-path=MODULE&pin-value=PIN | expected type=private
          pkcs11:object=ec?module-path=MODULE&pin-value=PIN%zz       | not percent-encoded
          ec?pin-value=PIN                                           | it does not begin with pkcs11:
          """)
  void what_is_wrong_is_told_without_the_pin(String uri, String reason) {
    var typed = uri.replace("MODULE", module).replace("PIN", PIN);
    var image = start.oci(StartImages.SINGLE);
    assertThat(
            sign("--sign-by-pkcs11=" + typed, "--sign-identity=registry.example/a:1", image)
                .failed()
                .stderr())
        .contains(reason.replace("\"", "\\\""))
        .doesNotContain("secret-pin");
  }

  private static Outcome sign(String... more) {
    return run(
        Stream.concat(Stream.of("sign", "--tls-verify=false"), Stream.of(more))
            .toArray(String[]::new));
  }

  private static Outcome run(String... line) {
    return Launcher.SKOPEO_J.with(line).with(environment).outcome();
  }

  private static String uri(String kind, String pin) {
    return "pkcs11:token=release%%20token;object=%s?module-path=%s%s".formatted(kind, module, pin);
  }

  private static Path pinFile() {
    return shared.resolve("pin");
  }

  private static Path publicKey(String kind) {
    return shared.resolve(kind + ".pub");
  }

  private String pushed() {
    var image = "docker://%s/%s/app:1".formatted(registry.host(), folder.getFileName());
    SkopeoLine.copy(start.oci(StartImages.SINGLE), image, "-q").succeeded();
    return image;
  }
}
