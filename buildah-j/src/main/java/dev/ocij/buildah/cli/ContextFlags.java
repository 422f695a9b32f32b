package dev.ocij.buildah.cli;

import dev.ocij.buildah.context.ContextPlace;
import dev.ocij.buildah.plan.Origin;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Options;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// The further contexts that `build` gives names to.
final class ContextFlags {
  private final Supplier<List<String>> given;

  ContextFlags(Options options) {
    given =
        options.texts(
            "--build-context",
            "NAME=PLACE",
            "a directory, docker-image://IMAGE, oci-layout://PATH:TAG|@DIGEST, or URL of an archive"
                + " or repository");
  }

  /// What each name stands for in a Containerfile.
  Map<String, Origin> origins() {
    var origins = new LinkedHashMap<String, Origin>();
    places()
        .forEach((name, place) ->
            origins.put(
                name,
                switch (place) {
                  case ContextPlace.OfImage(var reference) -> new Origin.OfImage(reference, "");
                  case ContextPlace.OfFiles _ -> new Origin.NamedContext(name);
                }));
    return origins;
  }

  /// Where the files of those that are no images are.
  Map<String, String> files() {
    var files = new LinkedHashMap<String, String>();
    places()
        .forEach((name, place) -> {
          if (place instanceof ContextPlace.OfFiles(var where)) {
            files.put(name, where);
          }
        });
    return files;
  }

  private Map<String, ContextPlace> places() {
    var places = new LinkedHashMap<String, ContextPlace>();
    for (var text : given.get()) {
      int equals = text.indexOf('=');
      if (equals <= 0) {
        throw new OciException(
            OciException.Category.USAGE,
            "--build-context %s: expected NAME=PLACE".formatted(Quoted.of(text)));
      }
      places.put(text.substring(0, equals), ContextPlace.parse(text.substring(equals + 1)));
    }
    return places;
  }
}
