package dev.ocij.buildah;

import dev.ocij.testing.ArchitectureContract;

/// Keeps the dependency rule of docs/architecture.md; a new package gets a place there and here.
class ArchitectureTest extends ArchitectureContract {
  ArchitectureTest() {
    super(
        "dev.ocij.buildah",
        """
        cli podman
        container life
        build run
        plan cache overlay java context base compare contents provenance
        instruction text sourcepolicy
        """,
        """
        instruction -> text
        context -> overlay
        base -> overlay
        podman -> cli
        """);
  }
}
