package dev.ocij.buildah.build;

import dev.ocij.buildah.overlay.ContentDigest;
import dev.ocij.buildah.overlay.CopySource;
import dev.ocij.buildah.overlay.FoundSource;
import dev.ocij.layer.Entry;
import dev.ocij.spec.Digest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What COPY or ADD takes of one tree.
///
/// @param unpacks whether archives give their content
/// @param identity what stands for the content; null for that itself
record Taken(
    CopySource tree,
    List<FoundSource> found,
    Exclusion excluded,
    boolean unpacks,
    @Nullable Digest identity) {

  /// @param patterns of what is left out
  static Taken of(
      CopySource tree,
      List<FoundSource> all,
      List<String> patterns,
      boolean parents,
      boolean unpacks) {
    var excluded = Exclusion.of(patterns, parents, all);
    var found = all.stream().filter(each -> !excluded.test(each.named())).toList();
    return new Taken(tree, found, excluded, unpacks, null);
  }

  Taken withIdentity(Digest changed) {
    return new Taken(tree, found, excluded, unpacks, changed);
  }

  List<Entry> entries() {
    return found.stream().map(FoundSource::asNamed).toList();
  }

  Digest content() throws IOException {
    return identity == null ? ContentDigest.of(tree, entries(), excluded) : identity;
  }
}
