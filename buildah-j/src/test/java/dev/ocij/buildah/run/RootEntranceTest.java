package dev.ocij.buildah.run;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Entrances into containers of root's.
@Tag("distribution")
@Tag("namespace")
@Tag("root")
class RootEntranceTest extends EntranceContract {
  @RegisterExtension static final ContainerUser USER = new ContainerUser.Root();

  @Override
  ContainerUser user() {
    return USER;
  }
}
