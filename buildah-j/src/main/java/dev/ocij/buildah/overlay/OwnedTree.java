package dev.ocij.buildah.overlay;

import dev.ocij.linux.Directory;
import dev.ocij.runtime.User;
import java.io.IOException;
import java.nio.file.Path;

/// A tree of this machine that is given to the user of a container; links in it are not followed.
public record OwnedTree(Path root, User user) {
  public void give() throws IOException {
    var parent = root.getParent();
    if (parent != null) {
      try (var directory = Directory.open(parent)) {
        give(directory, String.valueOf(root.getFileName()));
      }
    }
  }

  private void give(Directory directory, String name) throws IOException {
    directory.setOwner(name, user.uid(), user.gid());
    var status = directory.status(name);
    if (status.isPresent() && status.get().isDirectory()) {
      try (var open = directory.openDirectory(name)) {
        for (var child : open.list()) {
          give(open, child);
        }
      }
    }
  }
}
