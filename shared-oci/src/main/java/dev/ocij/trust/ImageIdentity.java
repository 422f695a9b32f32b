package dev.ocij.trust;

import dev.ocij.name.Reference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a policy knows of the place an image comes from: containers-policy.json(5), "SCOPES".
///
/// @param transport the key below `transports`, as `docker` or `oci`
/// @param reference the name that signatures are compared with; null where the transport has none
/// @param scopes what a policy may name this place by, most specific first, without the empty scope
public record ImageIdentity(String transport, @Nullable Reference reference, List<String> scopes) {
  public ImageIdentity {
    scopes = List.copyOf(scopes);
  }
}
