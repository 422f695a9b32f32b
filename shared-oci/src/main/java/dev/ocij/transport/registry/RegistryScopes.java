package dev.ocij.transport.registry;

import dev.ocij.name.Reference;
import java.util.ArrayList;
import java.util.List;

/// What policies and registries.d may name an image in a registry by: containers-policy.json(5),
/// "docker:".
public final class RegistryScopes {
  private RegistryScopes() {}

  /// The reference, its repository, each namespace above, the host, then wildcards for its parent
  /// domains.
  public static List<String> of(Reference reference) {
    var scopes = new ArrayList<String>();
    scopes.add(reference.toString());
    var name = reference.repository().toString();
    for (; name.indexOf('/') >= 0; name = name.substring(0, name.lastIndexOf('/'))) {
      scopes.add(name);
    }
    scopes.add(name);
    var host = name.replaceFirst(":[0-9]+$", "");
    for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
      scopes.add("*" + host.substring(dot));
    }
    return scopes;
  }
}
