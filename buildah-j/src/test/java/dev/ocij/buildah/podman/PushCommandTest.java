package dev.ocij.buildah.podman;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.DockerRegistry;
import dev.ocij.testing.Launcher;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Tool;
import dev.ocij.trust.simple.GpgHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What podman's `push` has beyond buildah's.
class PushCommandTest {
  private static final String REFERENCE = "example.test/who:t";
  @TempDir private Path folder;
  @AutoClose private GpgHome gpg;
  private InProcess podman;

  @BeforeEach
  void build() throws IOException {
    gpg = GpgHome.create();
    podman = new InProcess(folder);
    podman.build("a=b", "-t", REFERENCE);
  }

  @Test
  void a_folder_gets_compressed_layers_where_that_is_asked_for() throws IOException {
    var plain = folder.resolve("plain");
    var compressed = folder.resolve("compressed");
    podman.output("push", "-q", REFERENCE, "dir:" + plain);
    podman.output("push", "-q", "--compress", REFERENCE, "dir:" + compressed);
    assertThat(plain.resolve("manifest.json")).content().doesNotContain("+gzip");
    assertThat(compressed.resolve("manifest.json")).content().contains("layer.v1.tar+gzip");
  }

  @Test
  void an_image_becomes_one_of_schema_1_where_that_is_asked_for() {
    var old = folder.resolve("old");
    podman.output("push", "-q", "--format", "v2s1", REFERENCE, "dir:" + old);
    assertThat(old.resolve("manifest.json"))
        .content()
        .contains("\"schemaVersion\":1", "\"v1Compatibility\"");
  }

  @Test
  @Tag("tool")
  @Tag("distribution")
  void one_passphrase_opens_a_key_of_gpg_or_of_sequoia() throws IOException {
    var fingerprint = gpg.generate("me", "rsa2048", "sign", "never", "secret");
    var softKeys = Files.createDirectories(folder.resolve("sequoia/data/keystore/softkeys"));
    Files.write(softKeys.resolve(fingerprint + ".pgp"), gpg.exportSecret("me", "secret"));
    Files.writeString(folder.resolve("secret"), "secret\n");
    var drop = Files.createDirectories(folder.resolve(".config/containers/registries.d"));
    Files.writeString(
        drop.resolve("x.yaml"),
        "default-docker:\n  lookaside: file://%s/signatures\n".formatted(folder));
    try (var registry = DockerRegistry.open()) {
      for (var flag : List.of("--sign-by", "--sign-by-sq-fingerprint")) {
        var name = registry.host() + "/signed/app" + flag.length() + ":t";
        push(List.of(flag + "=" + fingerprint, REFERENCE, name)).succeeded();
        assertThat(judged(name, fingerprint).succeeded().stdout())
            .startsWith("Signature verified, digest sha256:");
      }
      var name = registry.host() + "/never:t";
      var never = push(List.of("--sign-by=x", "--sign-by-sq-fingerprint=y", REFERENCE, name));
      assertThat(never.failed().stderr())
          .isEqualTo(
              "Error: only one of --sign-by, --sign-by-sq-fingerprint and"
                  + " --sign-by-sigstore-private-key can be used with --sign-passphrase-file\n");
      assertThat(never.status()).isEqualTo(125);
    }
  }

  /// What skopeo says of the signature of a name.
  private Outcome judged(String name, String fingerprint) throws IOException {
    var manifest = folder.resolve("manifest.json");
    var skopeo = Tool.required("skopeo");
    var raw = skopeo.with("inspect", "--raw", "--tls-verify=false", "docker://" + name).outcome();
    Files.writeString(manifest, raw.succeeded().stdout());
    try (var files = Files.walk(folder.resolve("signatures"))) {
      var repository = name.substring(name.indexOf('/') + 1, name.lastIndexOf(':'));
      var signature =
          files.filter(file -> file.toString().contains(repository + "@")).toList().getLast();
      var line = List.of("standalone-verify", manifest, name, fingerprint, signature);
      var words = line.stream().map(Object::toString).toArray(String[]::new);
      return skopeo.with(words).with(gpg.environment()).outcome();
    }
  }

  private Outcome push(List<String> words) {
    var line = new ArrayList<>(List.of("--root", podman.store().toString(), "push", "-q"));
    line.add("--tls-verify=false");
    line.add("--sign-passphrase-file=" + folder.resolve("secret"));
    line.addAll(words);
    var environment = new HashMap<>(gpg.environment());
    environment.put("HOME", folder.toString());
    environment.put("SEQUOIA_HOME", folder.resolve("sequoia").toString());
    return Launcher.PODMAN_J.with(line.toArray(String[]::new)).with(environment).outcome();
  }
}
