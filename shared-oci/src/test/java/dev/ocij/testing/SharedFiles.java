package dev.ocij.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/// Programs for tests that are kept beside the project, not in it, or where the system property
/// `ocij.shared` says.
public final class SharedFiles {

  private SharedFiles() {}

  /// A file there; a test that asks for one which is missing is skipped.
  public static Path required(String name) {
    var named = System.getProperty("ocij.shared");
    var folder = named == null ? ProjectFolder.root().resolveSibling("shared") : Path.of(named);
    var file = folder.resolve(name);
    Assumptions.assumeTrue(Files.isRegularFile(file), file + " is not there");
    return file;
  }
}
