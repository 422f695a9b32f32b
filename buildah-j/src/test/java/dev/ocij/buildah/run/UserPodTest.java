package dev.ocij.buildah.run;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Pods of a user with subordinate ids.
@Tag("distribution")
@Tag("namespace")
@Tag("tool")
class UserPodTest extends PodContract {
  @RegisterExtension static final ContainerUser USER = new ContainerUser.WithSubordinateIds();

  @Override
  ContainerUser user() {
    return USER;
  }
}
