package dev.ocij.buildah.run;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Containers of a user with subordinate ids in the namespaces of others.
@Tag("distribution")
@Tag("namespace")
class UserNamespaceSharingTest extends NamespaceContract {
  @RegisterExtension static final ContainerUser USER = new ContainerUser.WithSubordinateIds();

  @Override
  ContainerUser user() {
    return USER;
  }
}
