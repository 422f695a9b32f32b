package dev.ocij.store;

import dev.ocij.layer.Owner;
import dev.ocij.layer.StackedFolders;
import dev.ocij.spec.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.UnaryOperator;

/// Copies of whole trees of layers that belong to others: for containers in a user namespace of
/// their own, where the kernel shows no file system with other owners to an ordinary user. Made
/// once for each map, and kept with the snapshots.
///
/// @param directory of snapshots
/// @param key a name of the map, good for a folder
public record ShiftedTrees(Path directory, String key, UnaryOperator<Owner> owners) {

  /// The tree of these layers as one folder.
  ///
  /// @param chainId of the topmost layer
  public StackedFolders of(Digest chainId, StackedFolders layers) throws IOException {
    var folder = directory.resolve(key).resolve(chainId.algorithm().prefix());
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    var tree = folder.resolve(chainId.hex());
    if (!Files.isDirectory(tree)) {
      var pending = PendingSnapshot.of(tree);
      if (pending.isPresent()) {
        try (var snapshot = pending.get()) {
          layers.copyTo("", snapshot.start(), owners);
          snapshot.complete();
        }
      }
    }
    return new StackedFolders(List.of(tree), layers.rules());
  }
}
