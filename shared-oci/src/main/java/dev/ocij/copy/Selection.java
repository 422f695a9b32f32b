package dev.ocij.copy;

import dev.ocij.image.Artifact;
import dev.ocij.image.Image;
import dev.ocij.image.Index;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.Platform;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;

/// What of an index is wanted. An image is always wanted whole.
public sealed interface Selection {
  /// The selected artifact.
  Artifact from(Artifact artifact) throws IOException;

  /// Whether all of what a document of this type names is selected, so that its digest tells what
  /// is at the destination afterwards.
  default boolean takesWhole(MediaType type) {
    return !type.isIndex();
  }

  /// What is written of a selected artifact that the policy accepted.
  ///
  /// @param sparse whether the place takes an index that names what is not there
  default Artifact narrowed(Artifact accepted, boolean sparse) {
    return accepted;
  }

  /// The one image for this platform.
  record Single(Platform platform) implements Selection {
    @Override
    public Artifact from(Artifact artifact) throws IOException {
      return artifact instanceof Index index
          ? from(index.forPlatform(platform).reader().read())
          : artifact;
    }
  }

  /// The index and everything it names.
  record All() implements Selection {
    @Override
    public boolean takesWhole(MediaType type) {
      return true;
    }

    @Override
    public Artifact from(Artifact artifact) {
      return artifact;
    }
  }

  /// The images for these platforms, and the index: as it is where the place takes sparse ones, or
  /// else one that names them and no others, for most registries refuse to name what is not there.
  record Platforms(List<Platform> platforms) implements Selection {
    public Platforms {
      platforms = List.copyOf(platforms);
    }

    @Override
    public Artifact from(Artifact artifact) {
      return artifact;
    }

    @Override
    public Artifact narrowed(Artifact accepted, boolean sparse) {
      return switch (accepted) {
        case Image image -> image;
        case Index index -> narrowed(index, sparse);
      };
    }

    private Index narrowed(Index index, boolean sparse) {
      var wanted = new LinkedHashSet<>(platforms.stream().map(index::forPlatform).toList());
      if (wanted.size() == index.members().size()) {
        return index;
      }
      var chosen = index.members().stream().filter(wanted::contains).toList();
      return sparse ? index.sparse(chosen) : index.withMembers(chosen);
    }
  }

  /// The index alone; what it names is at the destination already, or never will be.
  record IndexOnly() implements Selection {
    @Override
    public Artifact from(Artifact artifact) {
      return artifact instanceof Index index ? index.sparse(List.of()) : artifact;
    }
  }
}
