package dev.ocij.buildah.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// Which container has which name: a file for each name, in which the id stands. Who makes a
/// container reads one of them, not the states of all.
///
/// A name is taken and asked for by who holds the lock of all containers. It is given back by who
/// holds its container, before that goes: nobody else takes it in between. A file whose container
/// is gone means nothing.
record TakenNames(Path directory) {
  private static final String FOLDER = "names";

  static TakenNames beside(Path containers) {
    return new TakenNames(containers.resolveSibling(FOLDER));
  }

  /// Whether no name was ever noted, as before there was this.
  boolean isMissing() {
    return !Files.isDirectory(directory);
  }

  /// Who had the name last.
  Optional<String> id(String name) throws IOException {
    try {
      return Optional.of(Files.readString(directory.resolve(name), StandardCharsets.US_ASCII));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  void take(String name, String id) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve(name), id, StandardCharsets.US_ASCII);
  }

  void giveBack(String name, String id) throws IOException {
    if (id(name).filter(id::equals).isPresent()) {
      Files.deleteIfExists(directory.resolve(name));
    }
  }
}
