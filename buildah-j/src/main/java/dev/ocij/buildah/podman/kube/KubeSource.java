package dev.ocij.buildah.podman.kube;

import dev.ocij.buildah.podman.Values;
import dev.ocij.term.LocalFile;
import dev.ocij.term.LogLine;
import dev.ocij.term.Options;
import java.util.List;
import java.util.function.Supplier;

/// The file that a command is about: named, or standard input for `-`.
final class KubeSource {
  private final Options options;
  private final Supplier<List<String>> files;

  KubeSource(Options options) {
    this.options = options;
    files =
        options.arguments("FILE", 0, "pods as Kubernetes describes them, or - for standard input");
  }

  /// @param loud whether what is left out is told
  KubeFile read(boolean loud) {
    var given = files.get();
    if (given.size() != 1) {
      throw Values.usage("accepts 1 arg(s), received " + given.size());
    }
    var name = given.getFirst();
    if (name.startsWith("http://") || name.startsWith("https://")) {
      throw Values.usage(
          "read %s: pods of a URL are not implemented yet; fetch it, and give - and the text"
              .formatted(name));
    }
    var yaml = name.equals("-") ? LocalFile.standardInput() : LocalFile.read(name);
    return KubeFile.parse(yaml, name, loud ? this::warn : _ -> {});
  }

  private void warn(String sentence) {
    options.err().println(LogLine.warning(sentence));
    options.err().flush();
  }
}
