package dev.ocij.buildah.run;

import dev.ocij.runtime.rootless.Propagation;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A volume or a part of the host in a container, as `--volume` or `--mount` asks for it.
///
/// @param source a path of the host, or the name of a volume; null for one without a name
/// @param destination absolute
/// @param options as `--volume` has them, checked
public record VolumeMount(@Nullable String source, String destination, List<String> options) {
  private static final Set<String> KNOWN =
      Set.of(
          "ro", "rw", "z", "Z", "U", "O", "copy", "nocopy", "exec", "noexec", "dev", "nodev",
          "suid", "nosuid", "bind", "rbind");
  private static final Set<String> NOT_YET = Set.of("idmap");

  public VolumeMount {
    options = List.copyOf(options);
    if (!destination.startsWith("/")) {
      throw usage(
          "invalid container path %s: it must be absolute".formatted(Quoted.of(destination)));
    }
    for (var option : options) {
      var name = option.split("=", 2)[0];
      if (NOT_YET.contains(name)) {
        throw new OciException(
            OciException.Category.UNSUPPORTED,
            "mount on %s: option %s is not implemented yet"
                .formatted(Quoted.of(destination), Quoted.of(option)));
      }
      if (!KNOWN.contains(option) && !Propagation.isOne(option)) {
        throw usage(
            "mount on %s: unknown option %s".formatted(Quoted.of(destination), Quoted.of(option)));
      }
    }
  }

  /// `[SOURCE:]DESTINATION[:OPTION,…]`.
  public static VolumeMount parse(String text) {
    var parts = text.split(":", -1);
    if (parts.length > 3 || parts[0].isEmpty()) {
      throw usage(
          "incorrect volume format %s: expected [SOURCE:]DESTINATION[:OPTIONS]"
              .formatted(Quoted.of(text)));
    }
    if (parts.length == 1) {
      return new VolumeMount(null, parts[0], List.of());
    }
    var options = parts.length == 3 ? List.of(parts[2].split(",")) : List.<String>of();
    return new VolumeMount(parts[0], parts[1], new ArrayList<>(options));
  }

  /// With the path of the host from its root.
  public VolumeMount withWholePath() {
    return source == null || isNamed()
        ? this
        : new VolumeMount(
            Path.of(source).toAbsolutePath().normalize().toString(), destination, options);
  }

  /// As `--volume` has it.
  @Override
  public String toString() {
    var end = options.isEmpty() ? "" : ":" + String.join(",", options);
    return source == null ? destination + end : source + ":" + destination + end;
  }

  boolean isNamed() {
    return source != null && !source.contains("/") && !source.startsWith(".");
  }

  /// Whether it shows a part of the host.
  public boolean isOfHost() {
    return source != null && !isNamed();
  }

  /// With further options.
  VolumeMount with(List<String> more) {
    return new VolumeMount(
        source, destination, Stream.concat(options.stream(), more.stream()).distinct().toList());
  }

  /// As mount_namespaces(7) has it, with `r` for the mounts below.
  String propagation() {
    return Propagation.name(options);
  }

  boolean has(String option) {
    return options.contains(option);
  }

  private static OciException usage(String sentence) {
    return new OciException(OciException.Category.USAGE, sentence);
  }
}
