package dev.ocij.buildah.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Require;
import dev.ocij.testing.TemporaryFolder;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A real distribution, made on the spot from its packages, as the base of twenty steps.
@Tag("tool")
@Tag("root")
@Tag("distribution")
class DebianTest {
  @Test
  void gives_the_same_image_as_buildah() throws IOException {
    Require.root();
    var start = Instant.now().minusSeconds(1);
    try (var folder = TemporaryFolder.create("debian");
        var builders = Builders.open()) {
      writeBase(folder.path());
      builders.addBase(folder.path(), Example.DEBIAN);
      assertThat(Differences.of(new Example("debian"), builders, start)).isEmpty();
    }
  }

  /// A build context whose image is what debootstrap makes.
  private static void writeBase(Path folder) throws IOException {
    var root = folder.resolve("root").toString();
    Tool.required("debootstrap")
        .with("--variant=minbase", "bookworm", root)
        .within(Duration.ofMinutes(8))
        .outcome()
        .succeeded();
    Tool.required("tar")
        .run("-C", root, "--one-file-system", "-cf", folder.resolve("base.tar").toString(), ".")
        .succeeded();
    Files.writeString(folder.resolve("Containerfile"), "FROM scratch\nADD base.tar /\n");
    Files.writeString(folder.resolve(".containerignore"), "root\n");
  }
}
