package dev.ocij.buildah.build;

import dev.ocij.buildah.overlay.ContentDigest;
import dev.ocij.buildah.overlay.CopySource;
import dev.ocij.buildah.overlay.FoundSource;
import dev.ocij.layer.Entry;
import dev.ocij.spec.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What COPY or ADD takes of one tree.
///
/// @param parents whether sources keep the directories that their paths name
/// @param unpacks whether archives give their content
/// @param identity what stands for the content; null for that itself
record Taken(
    CopySource tree,
    List<FoundSource> found,
    Exclusion excluded,
    boolean parents,
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
    return new Taken(tree, found, excluded, parents, unpacks, null);
  }

  Taken withIdentity(Digest changed) {
    return new Taken(tree, found, excluded, parents, unpacks, changed);
  }

  List<Entry> entries() {
    return found.stream().map(FoundSource::asNamed).toList();
  }

  Digest content() throws IOException {
    return identity == null ? ContentDigest.of(tree, shown(), excluded) : identity;
  }

  private List<ContentDigest.Item> shown() throws IOException {
    var all = new ArrayList<ContentDigest.Item>();
    for (var each : found) {
      var entry = each.asNamed();
      for (var folder : parents ? each.folders() : List.<FoundSource.Folder>of()) {
        tree.follow(folder.named())
            .ifPresent(there -> all.add(new ContentDigest.Item(there, folder.kept(), false)));
      }
      all.add(
          parents
              ? new ContentDigest.Item(entry, each.kept(), true)
              : ContentDigest.Item.of(entry));
    }
    return all;
  }
}
