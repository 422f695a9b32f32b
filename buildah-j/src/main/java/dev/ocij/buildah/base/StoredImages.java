package dev.ocij.buildah.base;

import dev.ocij.image.Image;
import dev.ocij.image.Index;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Platform;
import dev.ocij.transport.Source;
import dev.ocij.transport.Transports;
import dev.ocij.transport.local.LocalTransport;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;

/// What the local store has.
record StoredImages(Transports transports) {
  /// The image under the name itself, or else one of the full names that it may mean: only for
  /// these is looked up what is configured about registries.
  Optional<Source> find(String name) throws IOException {
    var found = exactly(name);
    if (found.isPresent()) {
      return found;
    }
    for (var full : transports.fullNames(name)) {
      found = full.equals(name) ? found : exactly(full);
      if (found.isPresent()) {
        break;
      }
    }
    return found;
  }

  private Optional<Source> exactly(String name) throws IOException {
    try {
      return Optional.of(transports.openSource(LocalTransport.location(name)));
    } catch (OciException e) {
      if (e.category() != OciException.Category.NOT_FOUND) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /// The platforms of an image or an index that is for none like the one that is wanted. An image
  /// that tells none does for any.
  static Optional<String> other(Source source, Platform wanted) throws IOException {
    return switch (source.read()) {
      case Image image -> other(image.readConfig().platform(), wanted);
      case Index index -> other(index, wanted);
    };
  }

  private static Optional<String> other(Platform its, Platform wanted) {
    boolean does =
        its.architecture().isEmpty() || wanted.alternatives().stream().anyMatch(its::satisfies);
    return does ? Optional.empty() : Optional.of(its.toString());
  }

  private static Optional<String> other(Index index, Platform wanted) {
    var all = index.members().stream().map(member -> member.descriptor().platform()).toList();
    boolean does = all.stream().anyMatch(its -> its == null || other(its, wanted).isEmpty());
    return does
        ? Optional.empty()
        : Optional.of(all.stream().map(String::valueOf).collect(Collectors.joining(", ")));
  }
}
