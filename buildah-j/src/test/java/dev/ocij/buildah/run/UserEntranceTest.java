package dev.ocij.buildah.run;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Entrances into containers of a user with subordinate ids.
@Tag("distribution")
@Tag("namespace")
class UserEntranceTest extends EntranceContract {
  @RegisterExtension static final ContainerUser USER = new ContainerUser.WithSubordinateIds();

  @Override
  ContainerUser user() {
    return USER;
  }
}
