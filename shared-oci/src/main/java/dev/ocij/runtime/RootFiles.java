package dev.ocij.runtime;

import java.nio.file.Path;
import java.util.Optional;

/// Small text files of a root file system that somebody else has made.
@FunctionalInterface
public interface RootFiles {

  /// The text of a file, where there is one.
  ///
  /// @throws dev.ocij.spec.OciException where it is longer than such a file may be
  Optional<String> read(String path);

  /// The files below a folder. Links are followed inside it and never lead out.
  static RootFiles of(Path rootfs) {
    return new FolderFiles(rootfs);
  }
}
