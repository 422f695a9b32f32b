package dev.ocij.buildah.run;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Pods of root's.
@Tag("distribution")
@Tag("namespace")
@Tag("tool")
@Tag("root")
class RootPodTest extends PodContract {
  @RegisterExtension static final ContainerUser USER = new ContainerUser.Root();

  @Override
  ContainerUser user() {
    return USER;
  }
}
