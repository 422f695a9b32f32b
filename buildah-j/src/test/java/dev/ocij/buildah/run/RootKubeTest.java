package dev.ocij.buildah.run;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Played pods of root's.
@Tag("distribution")
@Tag("namespace")
@Tag("tool")
@Tag("root")
class RootKubeTest extends KubeContract {
  @RegisterExtension static final ContainerUser USER = new ContainerUser.Root();

  @Override
  ContainerUser user() {
    return USER;
  }
}
