package dev.ocij.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// Where this project is checked out.
public final class ProjectFolder {

  private ProjectFolder() {}

  /// The folder with `pom.xml` and the three modules.
  public static Path root() {
    return Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
        .filter(folder -> Files.isDirectory(folder.resolve("shared-oci")))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the tests run outside the project's folder"));
  }

  /// The folder of a runnable example: `Containerfiles/NAME`.
  public static Path example(String name) {
    return root().resolve("Containerfiles").resolve(name);
  }
}
