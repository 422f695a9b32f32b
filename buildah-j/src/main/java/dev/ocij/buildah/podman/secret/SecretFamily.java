package dev.ocij.buildah.podman.secret;

import dev.ocij.buildah.podman.InspectCommand;
import dev.ocij.term.Commands;
import dev.ocij.term.StoreFlags;
import java.util.List;

/// The commands `secret …`.
public final class SecretFamily {
  private SecretFamily() {}

  public static Commands of(StoreFlags store) {
    return Commands.none()
        .with("create", () -> new SecretCreateCommand(store))
        .with("exists", () -> new SecretExistsCommand(store))
        .with("inspect", () -> new InspectCommand(List.of(new InspectedSecret(store::store))))
        .with("ls", () -> new SecretLsCommand(store), "list")
        .with("rm", () -> new SecretRmCommand(store));
  }
}
