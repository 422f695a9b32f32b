package dev.ocij.name;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;

/// Where an image is, as typed: `transport:rest`. What the rest means is the transport's business.
public record Location(String transport, String rest) {
  public static Location parse(String typed) {
    int colon = typed.indexOf(':');
    if (colon <= 0) {
      throw new OciException(
          OciException.Category.USAGE,
          "invalid image name %s: expected colon-separated transport:reference, as in docker://alpine"
              .formatted(Quoted.of(typed)));
    }
    return new Location(typed.substring(0, colon), typed.substring(colon + 1));
  }

  @Override
  public String toString() {
    return transport + ":" + rest;
  }
}
