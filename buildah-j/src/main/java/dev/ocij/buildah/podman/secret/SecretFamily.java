package dev.ocij.buildah.podman.secret;

import dev.ocij.buildah.podman.InspectCommand;
import dev.ocij.term.Commands;
import dev.ocij.term.StoreFlags;

/// The commands `secret …`.
public final class SecretFamily {
  private SecretFamily() {}

  public static Commands of(StoreFlags store) {
    return Commands.none()
        .with("create", () -> new SecretCreateCommand(store))
        .with("exists", () -> new SecretExistsCommand(store))
        .with(
            "inspect",
            () -> InspectCommand.pretty(new InspectedSecret(store::store), SecretRow.PRETTY))
        .with("ls", () -> new SecretLsCommand(store), "list")
        .with("rm", () -> new SecretRmCommand(store));
  }
}
