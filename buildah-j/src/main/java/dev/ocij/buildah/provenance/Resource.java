package dev.ocij.buildah.provenance;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;

/// What in-toto calls a resource descriptor: something that a build took, by where it is and by its
/// digest.
///
/// @param name what the build calls it; empty for nothing of its own
/// @param uri empty where it is on the machine of the build alone
/// @param digest values in hexadecimal, by algorithm; empty where it is not known
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Resource(String name, String uri, Map<String, String> digest) {
  public Resource {
    digest = Map.copyOf(digest);
  }

  public static Resource of(String name, String uri, String algorithm, String hex) {
    return new Resource(name, uri, hex.isEmpty() ? Map.of() : Map.of(algorithm, hex));
  }
}
