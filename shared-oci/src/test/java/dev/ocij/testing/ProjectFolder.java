package dev.ocij.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  /// The types of all modules, by their full names.
  ///
  /// @param kind `main` or `test`
  public static List<String> types(String kind) throws IOException {
    var files = Pattern.compile(".*/src/%s/java/(.*)\\.java".formatted(kind));
    try (var found = Files.walk(root())) {
      return found
          .map(file -> files.matcher(file.toString()))
          .filter(Matcher::matches)
          .map(file -> file.group(1).replace('/', '.'))
          .toList();
    }
  }

  /// The folder of a runnable example: `Containerfiles/NAME`.
  public static Path example(String name) {
    return root().resolve("Containerfiles").resolve(name);
  }
}
