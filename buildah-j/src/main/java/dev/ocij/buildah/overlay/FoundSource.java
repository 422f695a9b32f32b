package dev.ocij.buildah.overlay;

import dev.ocij.layer.Entry;

/// A source of COPY or ADD that exists.
///
/// @param named where the source was found, relative to the root of the tree; its last component is
///   the name that it keeps when it goes into a directory
/// @param kept the part of `named` that `--parents` keeps: all, or what is behind `/./`
/// @param entry what stands there; where that is a link, what it leads to inside the tree
public record FoundSource(String named, String kept, Entry entry) {
  /// The entry at the path that it was named by.
  public Entry asNamed() {
    return entry.withPath(named);
  }
}
