package dev.ocij.buildah.cli;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Platform;
import dev.ocij.term.Options;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Which platform an image is for: `--platform`, or its parts one by one.
final class PlatformFlags {
  private final Supplier<List<String>> platform;
  private final Supplier<Optional<String>> os;
  private final Supplier<Optional<String>> arch;
  private final Supplier<Optional<String>> variant;

  PlatformFlags(Options options) {
    platform = options.texts("--platform", "OS/ARCH[/VARIANT]", "the platform of the image");
    os = options.text("--os", "OS", "the operating system of the image");
    arch = options.text("--arch", "ARCH", "the architecture of the image");
    variant = options.text("--variant", "VARIANT", "the variant of the architecture");
  }

  /// What was asked for; null for nothing.
  ///
  /// @throws OciException of category `UNSUPPORTED` where that is several
  @Nullable Platform asked() {
    var all = all();
    if (all.size() > 1) {
      throw new OciException(
          OciException.Category.UNSUPPORTED,
          "several platforms are not implemented yet; ask for one after the other");
    }
    return all.isEmpty() ? null : all.getFirst();
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
