package dev.ocij.buildah.run;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What is shown of containers of a user with subordinate ids.
@Tag("distribution")
@Tag("namespace")
class UserShownTest extends ShownContract {
  @RegisterExtension static final ContainerUser USER = new ContainerUser.WithSubordinateIds();

  @Override
  ContainerUser user() {
    return USER;
  }
}
