package dev.ocij.buildah.run;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What a volume is made of, as `volume create --opt` has it: a folder of the store where nothing
/// is said, a folder of the host (`o=bind,device=DIR`), or memory (`type=tmpfs`), which each
/// container has for itself.
public record VolumeOptions(Map<String, String> options) {
  private static final List<String> KEYS = List.of("type", "device", "o");
  private static final List<String> BINDS = List.of("bind", "rbind");

  public VolumeOptions {
    options = Map.copyOf(options);
  }

  /// @throws OciException where they are unknown, or ask for what only root mounts
  public void check() {
    options.keySet().stream()
        .filter(key -> !KEYS.contains(key))
        .findFirst()
        .ifPresent(key -> {
          throw usage("invalid mount option %s for driver 'local'".formatted(Quoted.of(key)));
        });
    if (options.isEmpty() || isMemory()) {
      return;
    }
    if (!isBind()) {
      throw new OciException(
          OciException.Category.UNSUPPORTED,
          "volume create --opt type=%s: only root mounts that; type=tmpfs and o=bind are there"
              .formatted(options.getOrDefault("type", "")));
    }
    if (!Files.isDirectory(Path.of(device())) || !device().startsWith("/")) {
      throw usage(
          "volume create --opt device=%s: expected the path of a folder from the root"
              .formatted(Quoted.of(device())));
    }
    // Options that no mount could have.
    var _ = new VolumeMount(device(), "/", words().toList());
  }

  boolean isBind() {
    return words().anyMatch(BINDS::contains);
  }

  boolean isMemory() {
    return "tmpfs".equals(options.get("type"));
  }

  /// The folder of the host.
  String device() {
    return options.getOrDefault("device", "");
  }

  /// Options of the mount.
  Stream<String> words() {
    return Stream.of(options.getOrDefault("o", "").split(",")).filter(word -> !word.isEmpty());
  }

  private static OciException usage(String sentence) {
    return new OciException(OciException.Category.USAGE, sentence);
  }
}
