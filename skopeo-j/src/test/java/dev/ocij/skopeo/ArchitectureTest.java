package dev.ocij.skopeo;

import dev.ocij.testing.ArchitectureContract;

/// Keeps the dependency rule of docs/architecture.md; a new package gets a place there and here.
class ArchitectureTest extends ArchitectureContract {
  ArchitectureTest() {
    super(
        "dev.ocij.skopeo",
        """
        cli
        inspect sync
        """,
        "");
  }
}
