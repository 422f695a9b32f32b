package dev.ocij.buildah.cli;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Platform;
import dev.ocij.term.LogLine;
import dev.ocij.term.Options;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which platform an image is for: `--platform`, or its parts one by one.
final class PlatformFlags {
  private final Options options;
  private final Supplier<List<String>> platform;
  private final Supplier<Optional<String>> os;
  private final Supplier<Optional<String>> arch;
  private final Supplier<Optional<String>> variant;

  PlatformFlags(Options options) {
    this.options = options;
    platform = options.texts("--platform", "OS/ARCH[/VARIANT]", "the platform of the image");
    os = options.text("--os", "OS", "the operating system of the image");
    arch = options.text("--arch", "ARCH", "the architecture of the image");
    variant = options.text("--variant", "VARIANT", "the variant of the architecture");
  }

  /// What was asked for; null for nothing. Of several it is the first, and a warning says so.
  @Nullable Platform asked() {
    var all = all();
    if (all.size() > 1) {
      options
          .err()
          .println(
              LogLine.warning(
                  "ignoring platforms other than %s: %s"
                      .formatted(
                          all.getFirst(),
                          all.stream()
                              .skip(1)
                              .map(Platform::toString)
                              .collect(Collectors.joining(", ")))));
    }
    return all.isEmpty() ? null : all.getFirst();
  }

  /// As [#asked], of what has one alone.
  ///
  /// @throws OciException of category `USAGE` where several were asked for
  @Nullable Platform single() {
    if (all().size() > 1) {
      throw usage(
          "--platform names several platforms: make an image for each, and a list of them with"
              + " manifest add");
    }
    return asked();
  }

  /// All that was asked for, which may be nothing.
  List<Platform> all() {
    boolean inParts = os.get().isPresent() || arch.get().isPresent() || variant.get().isPresent();
    var whole = platform.get().stream().flatMap(text -> List.of(text.split(",")).stream()).toList();
    if (inParts && !whole.isEmpty()) {
      throw usage("invalid --platform may not be used with --os, --arch, or --variant");
    }
    if (!whole.isEmpty()) {
      return whole.stream()
          .map(text -> text.equals("local") ? Platform.host() : Platform.parse(text))
          .distinct()
          .toList();
    }
    return inParts ? List.of(parts()) : List.of();
  }

  private Platform parts() {
    var host = Platform.host();
    var text = os.get().orElse(host.os()) + "/" + arch.get().orElse(host.architecture());
    return Platform.parse(variant.get().map(last -> text + "/" + last).orElse(text));
  }

  private static OciException usage(String sentence) {
    return new OciException(OciException.Category.USAGE, sentence);
  }
}
