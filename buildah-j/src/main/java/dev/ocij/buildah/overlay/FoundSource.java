package dev.ocij.buildah.overlay;

import dev.ocij.layer.Entry;
import java.util.List;
import java.util.stream.IntStream;

/// A source of COPY or ADD that exists.
///
/// @param named where the source was found, relative to the root of the tree; its last component is
///   the name that it keeps when it goes into a directory
/// @param kept the part of `named` that `--parents` keeps: all, or what is behind `/./`
/// @param entry what stands there; where that is a link, what it leads to inside the tree
public record FoundSource(String named, String kept, Entry entry) {
  /// A directory on the way to the source, as [FoundSource] has names.
  public record Folder(String named, String kept) {}

  /// The directories that `--parents` keeps, the outermost first.
  public List<Folder> folders() {
    int dropped = named.length() - kept.length();
    return IntStream.range(0, kept.length())
        .filter(at -> kept.charAt(at) == '/')
        .mapToObj(at -> new Folder(named.substring(0, dropped + at), kept.substring(0, at)))
        .toList();
  }

  /// The entry at the path that it was named by.
  public Entry asNamed() {
    return entry.withPath(named);
  }
}
