package dev.ocij.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("tool")
class DockerRegistryTest {

  @TempDir private Path folder;
  private Tool skopeo;

  @BeforeEach
  void an_image_to_copy() {
    skopeo = Tool.required("skopeo");
    Busybox.required().writeLayout(folder.resolve("layout"), "busybox");
  }

  @Test
  void serves_anyone_without_encryption() {
    try (var registry = DockerRegistry.open()) {
      push(registry, "--dest-tls-verify=false").succeeded();
      var tags = skopeo.output("list-tags", "--tls-verify=false", image(registry));
      assertThat(tags).contains("\"latest\"");
      assertThat(registry.storage()).isNotEmptyDirectory();
    }
  }

  @Test
  void serves_with_tls_whoever_trusts_its_certificate() throws Exception {
    try (var registry = DockerRegistry.setup().tls().open()) {
      var trusted = Files.createDirectory(folder.resolve("certs"));
      Files.copy(registry.certificate(), trusted.resolve("ca.crt"));
      push(registry, "--dest-cert-dir", trusted.toString()).succeeded();
      assertThat(push(registry).failed().stderr()).contains("certificate");
    }
  }

  @Test
  void asks_for_a_password() {
    try (var registry = DockerRegistry.setup().password("ada", "sécret").open()) {
      push(registry, "--dest-tls-verify=false", "--dest-creds", "ada:sécret").succeeded();
      push(registry, "--dest-tls-verify=false", "--dest-creds", "ada:wrong").failed();
      push(registry, "--dest-tls-verify=false").failed();
    }
  }

  @Test
  void asks_for_tokens_and_lets_anyone_pull() {
    try (var registry = DockerRegistry.setup().tokens("ada", "secret").open()) {
      push(registry, "--dest-tls-verify=false", "--dest-creds", "ada:secret").succeeded();
      push(registry, "--dest-tls-verify=false", "--dest-creds", "ada:wrong").failed();
      push(registry, "--dest-tls-verify=false").failed();
      skopeo.run("inspect", "--tls-verify=false", image(registry)).succeeded();
    }
  }

  @Test
  void deletes() {
    try (var registry = DockerRegistry.open()) {
      push(registry, "--dest-tls-verify=false").succeeded();
      skopeo.run("delete", "--tls-verify=false", image(registry)).succeeded();
      skopeo.run("inspect", "--tls-verify=false", image(registry)).failed();
    }
  }

  @Test
  void is_gone_when_closed() {
    var registry = DockerRegistry.open();
    registry.close();
    assertThat(registry.storage()).doesNotExist();
    push(registry, "--dest-tls-verify=false").failed();
  }

  private Outcome push(DockerRegistry registry, String... options) {
    var source = "oci:" + folder.resolve("layout") + ":busybox";
    var line = new ArrayList<>(List.of("copy", "--quiet", "--insecure-policy"));
    line.addAll(List.of(options));
    line.addAll(List.of(source, image(registry)));
    return skopeo.run(line.toArray(String[]::new));
  }

  private static String image(DockerRegistry registry) {
    return "docker://" + registry.host() + "/test/busybox";
  }
}
