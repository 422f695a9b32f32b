package dev.ocij.config;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;

/// Another place with the images of a registry: `[[registry.mirror]]`.
///
/// @param location what takes the place of the prefix
/// @param pull what is asked for there
record RegistryMirror(String location, boolean insecure, Pull pull) {
  /// The names that a mirror is asked for.
  enum Pull {
    ALL,
    DIGESTS,
    TAGS;

    static Pull parse(String text) {
      return switch (text) {
        case "all", "" -> ALL;
        case "digest-only" -> DIGESTS;
        case "tag-only" -> TAGS;
        case String other ->
            throw new OciException(
                OciException.Category.INVALID,
                "unsupported pull-from-mirror value %s: expected all, digest-only or tag-only"
                    .formatted(Quoted.of(other)));
      };
    }
  }

  boolean serves(boolean digested) {
    return switch (pull) {
      case ALL -> true;
      case DIGESTS -> digested;
      case TAGS -> !digested;
    };
  }
}
