package dev.ocij.trust;

import dev.ocij.name.Reference;
import java.util.ArrayList;
import java.util.List;

/// What a policy may name a place by, most specific first: containers-policy.json(5), "Supported
/// transports and their scopes".
public final class Scopes {
  private Scopes() {}

  /// Of an image in a registry: the name itself, its repository, each namespace, the host with its
  /// port, and wildcards for the domains above the host.
  public static List<String> of(Reference reference) {
    var scopes = new ArrayList<String>();
    scopes.add(reference.toString());
    var repository = reference.repository();
    for (var name = repository.toString();
        name.length() > repository.registry().length();
        name = name.substring(0, name.lastIndexOf('/'))) {
      scopes.add(name);
    }
    scopes.add(repository.registry());
    addDomains(repository.registry(), scopes);
    return scopes;
  }

  private static void addDomains(String registry, List<String> scopes) {
    int colon = registry.indexOf(':');
    var host = colon < 0 ? registry : registry.substring(0, colon);
    for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.')) {
      host = host.substring(dot + 1);
      scopes.add("*." + host);
    }
  }
}
