package dev.ocij.buildah.run;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Containers of root in the namespaces of others.
@Tag("distribution")
@Tag("namespace")
@Tag("root")
class RootNamespaceTest extends NamespaceContract {
  @RegisterExtension static final ContainerUser USER = new ContainerUser.Root();

  @Override
  ContainerUser user() {
    return USER;
  }
}
