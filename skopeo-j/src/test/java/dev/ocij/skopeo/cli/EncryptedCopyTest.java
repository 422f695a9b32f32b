package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.Digest;
import dev.ocij.spec.Json;
import dev.ocij.testing.DockerRegistry;
import dev.ocij.testing.KeyFiles;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What skopeo encrypts we decrypt, and the other way round.
@Tag("tool")
class EncryptedCopyTest {
  private static Tool skopeo;
  private static StartImages start;
  private static KeyFiles keys;
  @TempDir private static Path shared;
  @TempDir private Path folder;

  @BeforeAll
  static void keys_and_images() {
    skopeo = Tool.required("skopeo");
    start = StartImages.in(shared);
    keys = new KeyFiles(shared);
    keys.rsa("rsa");
    keys.ec("ec256", 256);
    keys.ec("ec384", 384);
    keys.ec("ec521", 521);
    keys.certificate("cert", true);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          jwe:rsa.pub,    rsa.key
          jwe:ec256.pub,  ec256.key
          jwe:ec384.pub,  ec384.key
          jwe:ec521.pub,  ec521.key
          pkcs7:cert.crt, cert.key
          """)
  void each_opens_what_the_other_encrypts(String recipient, String key) {
    theirs(start.oci("single"), oci("theirs"), "--encryption-key", at(recipient));
    ours(oci("theirs"), dir("ours-opened"), "--decryption-key", keys.path(key)).succeeded();
    assertThat(layers(dir("ours-opened"))).isEqualTo(layers(start.oci("single")));
    ours(start.oci("single"), oci("ours"), "--encryption-key", at(recipient)).succeeded();
    assertThat(layerTypes(oci("ours"))).allMatch(type -> type.endsWith("+gzip+encrypted"));
    theirs(oci("ours"), dir("theirs-opened"), decryption(key));
    assertThat(layers(dir("theirs-opened"))).isEqualTo(layers(start.oci("single")));
  }

  @Test
  void keys_as_openssl_writes_them_open_too() {
    var openssl = Tool.required("openssl");
    ours(start.oci("single"), oci("ours"), "--encryption-key", at("jwe:ec384.pub")).succeeded();
    var key = folder.resolve("written.key").toString();
    openssl.output("ec", "-in", keys.path("ec384.key"), "-out", key);
    ours(oci("ours"), dir("opened"), "--decryption-key", key).succeeded();
    openssl.output(
        "ec", "-in", keys.path("ec384.key"), "-aes256", "-passout", "pass:secret", "-out", key);
    ours(oci("ours"), dir("opened"), "--decryption-key", key + ":secret").succeeded();
  }

  @Test
  void several_recipients_each_open_an_index() {
    var options =
        new String[] {
          "--all",
          "--encryption-key=" + at("jwe:rsa.pub"),
          "--encryption-key=" + at("jwe:ec256.pub"),
          "--encryption-key=" + at("pkcs7:cert.crt"),
          "--encrypt-layer=-1"
        };
    ours(start.oci("index"), oci("ours"), options).succeeded();
    theirs(start.oci("index"), oci("theirs"), options);
    for (var key : List.of("rsa.key", "ec256.key", "cert.key")) {
      var all = new ArrayList<>(List.of("--all"));
      all.addAll(List.of(decryption(key)));
      theirs(oci("ours"), dir("theirs-" + key), all.toArray(String[]::new));
      ours(oci("theirs"), dir("ours-" + key), "--all", "--decryption-key", keys.path(key))
          .succeeded();
    }
  }

  /// What the annotation says of the layer's digest is what was read, not what was encrypted.
  @Test
  void what_skopeo_compresses_as_it_encrypts_opens_too() {
    theirs(start.oci("single"), dir("plain"), "--dest-decompress");
    theirs(dir("plain"), oci("theirs"), "--encryption-key", at("jwe:rsa.pub"));
    ours(
            oci("theirs"),
            dir("opened"),
            "--dest-decompress",
            "--decryption-key",
            keys.path("rsa.key"))
        .succeeded();
    assertThat(layers(dir("opened"))).isEqualTo(layers(dir("plain")));
  }

  @Test
  void an_encrypted_image_travels_as_it_is() {
    ours(start.oci("single"), oci("ours"), "--encryption-key", at("jwe:rsa.pub")).succeeded();
    try (var registry = DockerRegistry.open()) {
      var there = "docker://%s/encrypted:t".formatted(registry.host());
      ours(oci("ours"), there).succeeded();
      assertThat(layers(there)).isEqualTo(layers(oci("ours")));
      ours(there, dir("opened"), "--decryption-key", keys.path("rsa.key")).succeeded();
      ours(start.oci("single"), there, "--encryption-key", at("jwe:ec256.pub")).succeeded();
      theirs(there, dir("theirs-opened"), decryption("ec256.key"));
    }
    assertThat(layers(dir("opened"))).isEqualTo(layers(start.oci("single")));
    assertThat(layers(dir("theirs-opened"))).isEqualTo(layers(start.oci("single")));
  }

  @Test
  void the_wrong_key_or_altered_layers_leave_nothing_behind() throws IOException {
    ours(start.oci("single"), dir("ours"), "--encryption-key", at("jwe:rsa.pub")).succeeded();
    var opened = dir("opened");
    assertThat(
            ours(dir("ours"), opened, "--decryption-key", keys.path("ec256.key")).failed().stderr())
        .contains("none of the private keys opens it");
    assertThat(folder.resolve("opened")).doesNotExist();
    forge();
    assertThat(
            ours(dir("ours"), opened, "--decryption-key", keys.path("rsa.key")).failed().stderr())
        .contains("its authentication code is another");
    assertThat(folder.resolve("opened")).doesNotExist();
  }

  @Test
  void docker_s_format_has_no_encrypted_layers() {
    var encrypting = new String[] {"--encryption-key", at("jwe:rsa.pub"), "--format=v2s2"};
    assertThat(ours(start.oci("single"), dir("never"), encrypting).failed().stderr())
        .contains("encrypted images are OCI images");
    ours(start.oci("single"), oci("ours"), "--encryption-key", at("jwe:rsa.pub")).succeeded();
    assertThat(ours(oci("ours"), dir("never"), "--format=v2s2").failed().stderr())
        .contains("convert to Docker's format: it has no encrypted layers");
    var archive = "docker-archive:" + folder.resolve("never.tar") + ":a/b:c";
    assertThat(
            ours(start.oci("single"), archive, "--encryption-key", at("jwe:rsa.pub"))
                .failed()
                .stderr())
        .contains("the destination takes no OCI manifests");
    ours(start.oci("single"), dir("docker"), "--format=v2s2").succeeded();
    ours(dir("docker"), dir("encrypted"), "--encryption-key", at("jwe:rsa.pub")).succeeded();
    theirs(dir("encrypted"), oci("back"), decryption("rsa.key"));
    assertThat(layerTypes(oci("back"))).allMatch(type -> type.endsWith("v1.tar+gzip"));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          --encrypt-layer=0,                        --encrypt-layer can only be used with
          --encryption-key=x --decryption-key=y,    cannot be specified together
          --encryption-key=jwe:K --encrypt-layer=x, expected a number
          """)
  void a_line_that_makes_no_sense_is_refused(String options, String why) {
    var words = options.replace("K", keys.path("rsa.pub")).split(" ");
    assertThat(ours(start.oci("single"), dir("never"), words).failed().stderr()).contains(why);
  }

  /// One bit of a layer is another, and the manifest says so.
  private void forge() throws IOException {
    var manifest = Files.readString(folder.resolve("ours/manifest.json"));
    var digest = layers(dir("ours")).getFirst();
    var file = folder.resolve("ours").resolve(digest.substring("sha256:".length()));
    var bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    var forged = Digest.of(bytes).toString();
    Files.write(folder.resolve("ours").resolve(forged.substring("sha256:".length())), bytes);
    Files.writeString(folder.resolve("ours/manifest.json"), manifest.replace(digest, forged));
  }

  /// skopeo opens PKCS #7 with the certificate beside the key only.
  private static String[] decryption(String key) {
    var options = new ArrayList<>(List.of("--decryption-key", keys.path(key)));
    if (key.startsWith("cert")) {
      options.addAll(List.of("--decryption-key", keys.path("cert.crt")));
    }
    return options.toArray(String[]::new);
  }

  private static String at(String recipient) {
    return recipient.replace(":", ":" + shared + "/");
  }

  private String oci(String name) {
    return "oci:%s:t".formatted(folder.resolve("layout-" + name));
  }

  private String dir(String name) {
    return "dir:" + folder.resolve(name);
  }

  private static Outcome ours(String from, String to, String... options) {
    return SkopeoLine.copy(from, to, options);
  }

  private static void theirs(String from, String to, String... options) {
    var line =
        new ArrayList<>(List.of("--insecure-policy", "copy", "-q", "--src-tls-verify=false"));
    line.addAll(List.of(options));
    line.addAll(List.of(from, to));
    skopeo.output(line.toArray(String[]::new));
  }

  private static List<String> layers(String location) {
    return manifest(location).path("layers").findValuesAsText("digest");
  }

  private static List<String> layerTypes(String location) {
    return manifest(location).path("layers").findValuesAsText("mediaType");
  }

  private static JsonNode manifest(String location) {
    var raw = SkopeoLine.run("inspect", "--tls-verify=false", "--raw", location).succeeded();
    return Json.readTree(raw.stdout().getBytes(StandardCharsets.UTF_8), "manifest");
  }
}
