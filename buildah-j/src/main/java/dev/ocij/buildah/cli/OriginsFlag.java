package dev.ocij.buildah.cli;

import dev.ocij.buildah.build.SayRequest;
import dev.ocij.buildah.provenance.Provenance;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.net.URI;
import java.util.Optional;

/// A value of `--provenance`, as docker has it: `true`, `false`, or fields as `mode=max`.
final class OriginsFlag {
  private OriginsFlag() {}

  /// What is to be told; empty for nothing.
  static Optional<SayRequest.Origins> parse(String value) {
    if (value.equals("false") || value.equals("disabled=true")) {
      return Optional.empty();
    }
    boolean values = false;
    var builder = Provenance.ANYWHERE;
    for (var field : value.split(",")) {
      switch (field) {
        case "", "true", "mode=min", "version=v1" -> {}
        case "mode=max" -> values = true;
        case String id when id.startsWith("builder-id=") ->
            builder = uri(id.substring("builder-id=".length()));
        default -> throw unknown(field);
      }
    }
    return Optional.of(new SayRequest.Origins(values, builder));
  }

  private static String uri(String text) {
    try {
      if (URI.create(text).isAbsolute()) {
        return text;
      }
    } catch (IllegalArgumentException _) {
      // as one that is relative
    }
    throw new OciException(
        OciException.Category.USAGE,
        "--provenance builder-id=%s: expected an absolute URI".formatted(Quoted.escape(text)));
  }

  private static OciException unknown(String field) {
    return new OciException(
        OciException.Category.USAGE,
        "unknown --provenance %s: expected true, false, mode=min, mode=max, version=v1 or builder-id=URI"
            .formatted(Quoted.of(field)));
  }
}
