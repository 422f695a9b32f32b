package dev.ocij.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.spec.ContainerConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What of an image becomes part of a container.
class BundlesTest {
  private static final ContainerRequest REQUEST = ContainerRequest.of(List.of("true"));

  /// Programs have taken such for commands and settings.
  @Test
  void labels_change_nothing() {
    var labels =
        Map.of(
            "run", "sh -c 'touch /tmp/owned'",
            "io.podman.annotations.privileged", "TRUE",
            "io.podman.annotations.seccomp", "unconfined",
            "io.podman.annotations.label", "disable",
            "io.kubernetes.cri.untrusted-workload", "false",
            "org.opencontainers.runtime.hooks", "/bin/sh",
            "run.oci.handler", "krun",
            "run.oci.keep_original_groups", "1",
            "io.containers.capabilities", "CAP_SYS_ADMIN");
    var labelled = ContainerConfig.EMPTY.with(draft -> draft.labels.putAll(labels));

    assertThat(labelled.labels()).hasSize(labels.size());
    assertThat(bundle(labelled)).isEqualTo(bundle(ContainerConfig.EMPTY));
  }

  private static Bundle bundle(ContainerConfig image) {
    return Bundles.of(
        Path.of("/bundle"), Path.of("/bundle/rootfs"), _ -> Optional.empty(), image, REQUEST);
  }
}
