package dev.ocij.buildah.run;

import dev.ocij.buildah.overlay.Trees;
import dev.ocij.runtime.rootless.ControlGroup;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Removes what belongs to a container that has no process, and that this process holds: its
/// control group, its anonymous volumes, its name and its folder.
record Erasure(ContainerFolders folders, Volumes volumes, TakenNames names) {

  void erase(Path directory, ContainerState state) throws IOException {
    ControlGroup.find(directory).ifPresent(ControlGroup::close);
    for (var volume : state.volumes()) {
      if (!isShared(volume, state)) {
        volumes.remove(volume);
      }
    }
    names.giveBack(state.name(), state.id());
    erase(directory);
  }

  /// Removes a folder alone.
  static void erase(Path directory) throws IOException {
    Path gone;
    try {
      gone = ContainerFolders.takeAway(directory);
    } catch (NoSuchFileException _) {
      return; // Somebody else was quicker.
    }
    Trees.delete(gone);
  }

  /// Whether another container has it, by `--volumes-from`.
  private boolean isShared(String volume, ContainerState owner) throws IOException {
    for (var directory : folders.all()) {
      var other = ContainerFolder.read(directory);
      if (other.isPresent()
          && !other.get().id().equals(owner.id())
          && other.get().settings().volumes().contains(volume)) {
        return true;
      }
    }
    return false;
  }
}
