package dev.ocij.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("tool")
class FaultyRegistryTest {

  @Test
  void injects_the_fault_that_was_asked_for(@TempDir Path folder) {
    var skopeo = Tool.required("skopeo");
    Busybox.required().writeLayout(folder, "busybox");
    try (var registry = DockerRegistry.open();
        var faulty = FaultyRegistry.before(registry)) {
      var image = "docker://" + faulty.host() + "/test/busybox";
      skopeo
          .run("copy", "--dest-tls-verify=false", "oci:" + folder + ":busybox", image)
          .succeeded();
      faulty.arm("status,match=manifest-get,status=403,times=0");
      assertThat(skopeo.run("inspect", "--tls-verify=false", image).failed().stderr())
          .contains("injected");
      assertThat(faulty.summary()).contains("manifest-get");
    }
  }
}
