package dev.ocij.buildah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.KeyFiles;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Layers that are pushed for the holder of a key, and pulled by them.
@Tag("tool")
class EncryptedPushTest {
  private static final String ENCRYPTED = "+encrypted";
  @TempDir private Path folder;
  private InProcess buildah;
  private KeyFiles keys;

  @BeforeEach
  void an_image_and_a_key() throws IOException {
    keys = new KeyFiles(folder);
    keys.rsa("rsa");
    buildah = new InProcess(folder.resolve("store"));
    var context = Files.createDirectory(folder.resolve("context"));
    Files.writeString(context.resolve("secret"), "plans");
    Files.writeString(
        context.resolve("Containerfile"), "FROM scratch\nCOPY secret /a\nCOPY secret /b\n");
    buildah.output("build", "-q", "--layers", "-t", "app", context.toString());
    Files.writeString(policy(), "{\"default\":[{\"type\":\"insecureAcceptAnything\"}]}");
  }

  @Test
  void opens_with_skopeo_and_with_pull() throws IOException {
    buildah.output("push", "-q", "--encryption-key", recipient(), "app", oci());
    assertThat(raw(oci())).contains(ENCRYPTED);
    var skopeo = Tool.required("skopeo");
    var key = keys.path("rsa.key");
    var opened = "dir:" + folder + "/opened";
    skopeo.output("--insecure-policy", "copy", "-q", "--decryption-key", key, oci(), opened);
    assertThat(raw(opened)).doesNotContain(ENCRYPTED);
    buildah.output("rmi", "app");
    pull("--decryption-key", key);
    buildah.output("push", "-q", "app2", "dir:" + folder + "/pulled");
    assertThat(raw("dir:" + folder + "/pulled")).doesNotContain(ENCRYPTED);
  }

  @Test
  void a_build_and_a_container_begin_with_an_encrypted_base() throws IOException {
    buildah.output("push", "-q", "--encryption-key", recipient(), "app", oci());
    buildah.output("rmi", "app");
    var key = "--decryption-key=" + keys.path("rsa.key");
    var trust = "--signature-policy=" + policy();
    var file = folder.resolve("context/Containerfile");
    Files.writeString(file, "FROM " + oci() + "\nCOPY secret /c\n");
    buildah.output("build", "-q", key, trust, "-t", "on", folder.resolve("context").toString());
    buildah.output("push", "-q", "on", "dir:" + folder + "/built");
    assertThat(raw("dir:" + folder + "/built")).doesNotContain(ENCRYPTED);
    buildah.output("from", key, trust, "--name", "c", oci());
    buildah.output("commit", "-q", "c", "dir:" + folder + "/committed");
    assertThat(raw("dir:" + folder + "/committed")).doesNotContain(ENCRYPTED);
  }

  @Test
  void one_layer_alone_is_encrypted_where_it_is_named() {
    buildah.output(
        "push", "-q", "--encryption-key", recipient(), "--encrypt-layer=-1", "app", oci());
    assertThat(raw(oci()).split("\\Q" + ENCRYPTED, -1)).hasSize(2);
  }

  @Test
  void a_layer_to_encrypt_needs_a_key() {
    var outcome = buildah.run("push", "--encrypt-layer=0", "app", oci());
    assertThat(outcome.status()).isEqualTo(125);
    assertThat(outcome.stderr()).contains("--encrypt-layer can only be used with --encryption-key");
  }

  private void pull(String... key) {
    var id = buildah.output("pull", "-q", key[0], key[1], "--signature-policy=" + policy(), oci());
    buildah.output("tag", id.strip(), "app2");
  }

  private String raw(String image) {
    return Tool.required("skopeo").output("inspect", "--raw", image);
  }

  private String recipient() {
    return "jwe:" + keys.path("rsa.pub");
  }

  private Path policy() {
    return folder.resolve("policy.json");
  }

  private String oci() {
    return "oci:" + folder + "/pushed:t";
  }
}
