package dev.ocij.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("tool")
class BusyboxTest {

  private final Busybox busybox = Busybox.required();
  @TempDir private Path folder;

  @Test
  void writes_an_image_that_other_tools_read() {
    busybox.writeLayout(folder.resolve("layout"), "busybox");
    var image = "oci:" + folder.resolve("layout") + ":busybox";
    assertThat(Tool.required("skopeo").output("inspect", "--config", image)).contains("PATH=/bin");
    var bundle = folder.resolve("bundle").toString();
    Tool.required("umoci")
        .run("unpack", "--rootless", "--image", image.substring("oci:".length()), bundle)
        .succeeded();
    assertThat(folder.resolve("bundle/rootfs/bin/sh")).isSymbolicLink();
  }

  @Test
  void writes_the_same_layer_each_time() {
    assertThat(busybox.layer()).isEqualTo(busybox.layer());
  }

  @Test
  void writes_a_root_file_system_that_runs() {
    Require.root();
    busybox.writeRootfs(folder.resolve("rootfs"));
    var listing =
        Tool.required("chroot").output(folder.resolve("rootfs").toString(), "/bin/ls", "/");
    assertThat(listing.lines()).contains("bin", "etc", "tmp");
  }
}
