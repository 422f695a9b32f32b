package dev.ocij.buildah.example;

import dev.ocij.testing.ProjectFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A folder of `Containerfiles`.
public record Example(String name) {
  /// The image that most examples begin with.
  static final String BASE = "localhost/base/busybox";

  /// The base of the example that DebianTest has for itself.
  static final String DEBIAN = "localhost/base/debian";

  private static final String BASE_EXAMPLE = "busybox";

  /// All examples that a builder is started on; `release` has a script instead.
  public static List<Example> all() throws IOException {
    try (var folders = Files.list(ProjectFolder.root().resolve("Containerfiles"))) {
      return folders
          .filter(Files::isDirectory)
          .map(folder -> new Example(folder.getFileName().toString()))
          .filter(example -> !example.name().equals("release"))
          .sorted((one, other) -> one.name().compareTo(other.name()))
          .toList();
    }
  }

  public static List<Example> judged() throws IOException {
    return all().stream()
        .filter(example -> !example.has("unsupported-by-buildah"))
        .filter(example -> !example.text().contains(DEBIAN))
        .toList();
  }

  /// Those that need no container.
  public static List<Example> withoutRun() throws IOException {
    return all().stream().filter(example -> !example.text().matches("(?ims).*^run\\b.*")).toList();
  }

  public Path folder() {
    return ProjectFolder.example(name);
  }

  boolean isBase() {
    return name.equals(BASE_EXAMPLE);
  }

  /// Whether it is kept in Docker's format, as its arguments say.
  boolean isDocker() {
    return arguments().contains("--format=docker");
  }

  /// The options in the file `arguments`, then these.
  String[] line(List<String> before, String... after) {
    var line = new ArrayList<>(before);
    line.addAll(arguments());
    line.addAll(List.of(after));
    return line.toArray(String[]::new);
  }

  private List<String> arguments() {
    return has("arguments") ? read("arguments").lines().toList() : List.of();
  }

  private String text() {
    return read("Containerfile");
  }

  private boolean has(String file) {
    return Files.exists(folder().resolve(file));
  }

  private String read(String file) {
    try {
      return Files.readString(folder().resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException("read example " + name, e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
