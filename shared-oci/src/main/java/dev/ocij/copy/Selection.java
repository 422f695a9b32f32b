package dev.ocij.copy;

import dev.ocij.image.Artifact;
import dev.ocij.image.Image;
import dev.ocij.image.Index;
import dev.ocij.spec.Platform;
import java.io.IOException;

/// What of an index is wanted. An image is always wanted whole.
public sealed interface Selection {
  /// The selected artifact.
  Artifact from(Artifact artifact) throws IOException;

  /// The one image for this platform.
  record Single(Platform platform) implements Selection {
    @Override
    public Artifact from(Artifact artifact) throws IOException {
      return switch (artifact) {
        case Image image -> image;
        case Index index -> from(index.forPlatform(platform).reader().read());
      };
    }
  }

  /// The index and everything it names.
  record All() implements Selection {
    @Override
    public Artifact from(Artifact artifact) {
      return artifact;
    }
  }

  /// The index alone; what it names is at the destination already, or never will be.
  record IndexOnly() implements Selection {
    @Override
    public Artifact from(Artifact artifact) {
      return artifact instanceof Index index ? index.sparse() : artifact;
    }
  }
}
