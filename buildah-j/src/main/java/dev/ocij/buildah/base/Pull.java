package dev.ocij.buildah.base;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.util.Locale;

/// When an image is fetched from its registry.
public enum Pull {
  ALWAYS,
  MISSING,
  NEVER,
  /// As ALWAYS, but the store's image serves where the registry does not.
  NEWER;

  /// As `--pull` has it.
  public static Pull parse(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "missing", "false", "ifmissing" -> MISSING;
      case "always", "true", "" -> ALWAYS;
      case "never" -> NEVER;
      case "newer", "ifnewer" -> NEWER;
      case String _ ->
          throw new OciException(
              OciException.Category.USAGE,
              "unrecognized pull policy %s: expected always, missing, never or newer"
                  .formatted(Quoted.of(text)));
    };
  }
}
