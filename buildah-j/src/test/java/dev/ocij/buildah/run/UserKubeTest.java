package dev.ocij.buildah.run;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Played pods of a user with subordinate ids.
@Tag("distribution")
@Tag("namespace")
@Tag("tool")
class UserKubeTest extends KubeContract {
  @RegisterExtension static final ContainerUser USER = new ContainerUser.WithSubordinateIds();

  @Override
  ContainerUser user() {
    return USER;
  }
}
