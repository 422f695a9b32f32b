package dev.ocij.buildah.run;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What is shown of containers of root's.
@Tag("distribution")
@Tag("namespace")
@Tag("root")
class RootShownTest extends ShownContract {
  @RegisterExtension static final ContainerUser USER = new ContainerUser.Root();

  @Override
  ContainerUser user() {
    return USER;
  }
}
