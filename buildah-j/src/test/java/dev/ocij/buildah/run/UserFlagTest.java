package dev.ocij.buildah.run;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Options for a user with subordinate ids.
@Tag("distribution")
@Tag("namespace")
class UserFlagTest extends FlagContract {
  @RegisterExtension static final ContainerUser USER = new ContainerUser.WithSubordinateIds();

  @Override
  ContainerUser user() {
    return USER;
  }
}
