package dev.ocij;

import dev.ocij.testing.ArchitectureContract;

/// Keeps the dependency rule of docs/architecture.md; a new package gets a place there and here.
class ArchitectureTest extends ArchitectureContract {
  ArchitectureTest() {
    super(
        "dev.ocij",
        """
        term
        term.template
        builtin
        copy runtime.rootless runtime.ownership
        crypt
        crypt.grpc
        transport.* transport
        http
        trust.* trust edit layer store config
        image
        runtime.cdi
        name runtime
        spec linux
        """,
        """
        transport.* -> transport
        transport.archive -> transport.layout
        transport.local -> transport.layout
        transport.daemon -> transport.archive
        transport.daemon -> transport.registry
        runtime.rootless -> runtime.ownership
        trust.* -> trust
        edit -> layer
        store -> layer
        """);
  }
}
