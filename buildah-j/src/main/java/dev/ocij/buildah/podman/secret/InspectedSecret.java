package dev.ocij.buildah.podman.secret;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.buildah.podman.InspectedKind;
import dev.ocij.buildah.run.Secrets;
import dev.ocij.spec.Quoted;
import dev.ocij.store.Store;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/// What `secret inspect` tells: all but the content.
record InspectedSecret(Supplier<Store> store) implements InspectedKind {
  @Override
  public String type() {
    return "secret";
  }

  @Override
  public String missing(String name) {
    return "inspecting secret: no secret with name or id \"%s\": no such secret"
        .formatted(Quoted.escape(name));
  }

  @Override
  public Optional<JsonNode> find(String name) throws IOException {
    return new Secrets(store.get().secrets())
        .find(name)
        .map(secret -> new SecretRow(secret, Instant.now()).json());
  }
}
