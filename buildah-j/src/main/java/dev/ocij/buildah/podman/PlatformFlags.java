package dev.ocij.buildah.podman;

import dev.ocij.spec.Platform;
import dev.ocij.term.Options;
import java.util.Optional;
import java.util.function.Supplier;

/// Which of an image's platforms is meant.
final class PlatformFlags {
  private final Supplier<Optional<String>> platform;
  private final Supplier<Optional<String>> os;
  private final Supplier<Optional<String>> architecture;
  private final Supplier<Optional<String>> variant;

  PlatformFlags(Options options) {
    platform = options.text("--platform", "OS/ARCH", "the platform of the image");
    os = options.text("--os", "OS", "its operating system alone");
    architecture = options.text("--arch", "ARCH", "its architecture alone");
    variant = options.text("--variant", "VARIANT", "the variant of the architecture");
  }

  Platform platform() {
    var host = Platform.host();
    if (platform.get().isPresent()) {
      if (os.get().isPresent() || architecture.get().isPresent()) {
        throw Values.usage("--platform option can not be specified with --arch or --os");
      }
      return Platform.parse(platform.get().get());
    }
    var text = os.get().orElse(host.os()) + "/" + architecture.get().orElse(host.architecture());
    return Platform.parse(variant.get().map(each -> text + "/" + each).orElse(text));
  }
}
