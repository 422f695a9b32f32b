package dev.ocij.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ocij.layer.UnpackRules.Ownership;
import dev.ocij.layer.UnpackRules.Whiteouts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// umoci unpacks our layers to the tree that we unpack.
@Tag("tool")
@Tag("root")
class UmociTest {
  private static final UnpackRules RULES = new UnpackRules(Whiteouts.APPLIED, Ownership.REAL);
  private static final Attributes ODD =
      Attributes.of(04755, new Owner(1000, 50), Instant.ofEpochSecond(1_600_000_000));
  private static final List<Layer> LAYERS =
      List.of(
          Layer.of(layout -> {
            layout.directory("/etc", ODD.withMode(01777));
            layout.file("/etc/motd", ODD, "hello");
            layout.file("/etc/gone", Attributes.FILE, "");
            layout.directory("/opt", Attributes.DIRECTORY);
            layout.file("/opt/old", Attributes.FILE, "");
            layout.symlink("/link", "etc/motd");
            layout.hardLink("/same", "/etc/motd");
          }),
          Layer.of(layout -> {
            layout.whiteout("/etc/gone");
            layout.directory("/opt", ODD.withMode(0700));
            layout.opaque("/opt");
            layout.file("/opt/new", Attributes.FILE, "new");
            layout.directory("/link", Attributes.DIRECTORY);
            layout.file("/" + "long/".repeat(40) + "ü", Attributes.FILE, "");
          }));

  @TempDir Path temporary;

  @BeforeAll
  static void needs_umoci() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/umoci")), "umoci is not installed");
    assumeTrue((int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0, "not root");
  }

  @Test
  void agrees_about_the_tree() throws Exception {
    var ours = Files.createDirectory(temporary.resolve("ours"));
    run("umoci", "init", "--layout", "image");
    run("umoci", "new", "--image", "image:latest");
    for (var layer : LAYERS) {
      new Unpacker(RULES).unpack(layer.open(), layer.diffId(), ours);
      Files.write(temporary.resolve("layer.tar"), layer.tar());
      run("umoci", "raw", "add-layer", "--image", "image:latest", "layer.tar");
    }
    run("umoci", "unpack", "--image", "image:latest", "bundle");
    assertThat(listing(temporary.resolve("bundle/rootfs"))).isEqualTo(listing(ours));
  }

  /// Times of directories only where a layer lists them: of others each tool has its own idea.
  private String listing(Path tree) throws Exception {
    return run(
        "sh",
        "-c",
        "cd \"$0\" && find . -mindepth 1 ! -path './long*' -printf '%P %y %m %U:%G %n %T@ %l\\n' |"
            + " LC_ALL=C sort; find long -printf '%P %y %m\\n'",
        tree.toString());
  }

  private String run(String... command) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(command).directory(temporary.toFile()).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
