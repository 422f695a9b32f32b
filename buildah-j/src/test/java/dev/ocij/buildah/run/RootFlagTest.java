package dev.ocij.buildah.run;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Options for root.
@Tag("distribution")
@Tag("namespace")
@Tag("root")
class RootFlagTest extends FlagContract {
  @RegisterExtension static final ContainerUser USER = new ContainerUser.Root();

  @Override
  ContainerUser user() {
    return USER;
  }
}
