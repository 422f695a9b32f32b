package dev.ocij.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;

/// How the use of a layout begins and ends, among others who may make it or take it away.
final class LayoutUse {
  /// How often others may take an empty layout away while this use begins.
  private static final int ATTEMPTS = 1000;

  private final LayoutFolder folder;

  LayoutUse(LayoutFolder folder) {
    this.folder = folder;
  }

  /// One that has begun.
  ///
  /// @param directories that had to be made for it
  /// @param made whether the layout was
  record Begun(LayoutFolder folder, MadeDirectories directories, boolean made, Locks.Held held) {

    /// As it is held, but what was made is removed at the end if it is as empty as then.
    Locks.Held withoutTrace() {
      return made ? this::end : held;
    }

    private void end() throws IOException {
      held.close();
      if (folder.isMade()) {
        folder.removeIfEmpty();
        directories.remove();
      }
    }
  }

  Begun begin() throws IOException {
    for (int i = 1; i < ATTEMPTS; i++) {
      try {
        var begun = attempt();
        if (folder.isMade()) {
          return begun;
        }
        begun.held().close();
      } catch (NoSuchFileException _) {
        // taken away, it or a directory above; a place where nothing can be made says something
        // else
      } catch (FileAlreadyExistsException e) {
        // a directory that was there when it was to be made, and no more when it was looked at
        if (Files.isRegularFile(folder.directory())) {
          throw e;
        }
      }
    }
    return attempt();
  }

  private Begun attempt() throws IOException {
    var directories = MadeDirectories.of(folder.directory());
    boolean made = folder.make();
    return new Begun(folder, directories, made, folder.lockShared());
  }
}
