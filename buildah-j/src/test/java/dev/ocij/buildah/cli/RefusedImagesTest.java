package dev.ocij.buildah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Launcher;
import dev.ocij.testing.Outcome;
import dev.ocij.trust.Authority;
import dev.ocij.trust.PolicyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An image that the policy refuses gets nowhere, and one line tells which demand it fails.
class RefusedImagesTest {
  @TempDir private Path folder;
  private InProcess buildah;
  private String layout;
  private String policy;

  @BeforeEach
  void an_unsigned_image() throws IOException {
    var maker = new InProcess(folder.resolve("maker"));
    Files.writeString(folder.resolve("Containerfile"), "FROM scratch\nLABEL a=1\n");
    maker.output("build", "-q", "-t", "one", folder.toString());
    layout = "oci:%s/layout:one".formatted(folder);
    maker.output("push", "-q", "one", layout);
    buildah = new InProcess(folder.resolve("store"));
    Files.writeString(
        folder.resolve("policy.json"),
        """
        {"default":[{"type":"reject"}],"transports":{"oci":{"":[
          {"type":"sigstoreSigned","keyDatas":["%1$s","%1$s"]}]}}}
        """
            .formatted(PolicyFiles.data(Authority.pem(Authority.key("EC")))));
    policy = "--signature-policy=" + folder.resolve("policy.json");
  }

  @Test
  void pull_tells_why() {
    assertRefused("pull", policy, layout);
  }

  @Test
  void from_tells_why() {
    assertRefused("from", policy, layout);
  }

  @Test
  void a_build_tells_why() throws IOException {
    Files.writeString(folder.resolve("Containerfile"), "FROM %s\nLABEL b=2\n".formatted(layout));
    assertRefused("build", policy, "-t", "two", folder.toString());
  }

  @Test
  @Tag("distribution")
  void a_run_tells_why() {
    assertRefused(
        Launcher.PODMAN_J.run("--root=" + buildah.store(), "run", "--rm", policy, layout, "true"));
  }

  private void assertRefused(String... line) {
    assertRefused(buildah.run(line));
  }

  private void assertRefused(Outcome outcome) {
    assertThat(outcome.failed().stderr().lines().filter(text -> text.contains("rejected")))
        .singleElement()
        .asString()
        .contains(
            "Source image rejected: A signature was required, but no signature exists",
            "(demanded: sigstoreSigned by key in the policy (2), matchRepoDigestOrExact;"
                + " transport oci, scope \"\")");
    assertThat(buildah.output("images", "-q")).isEmpty();
  }
}
