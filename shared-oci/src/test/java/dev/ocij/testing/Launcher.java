package dev.ocij.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// One of our own programs as its user starts it: `MODULE/bin/TOOL`. Tests that use it are tagged
/// `distribution`.
public record Launcher(String module, String tool) {

  public static final Launcher SKOPEO_J = new Launcher("skopeo-j", "skopeo-j");
  public static final Launcher BUILDAH_J = new Launcher("buildah-j", "buildah-j");
  public static final Launcher PODMAN_J = new Launcher("buildah-j", "podman-j");

  /// The script that is kept in the project.
  public Path script() {
    return ProjectFolder.root().resolve(module).resolve("bin").resolve(tool);
  }

  /// What the build laid out and the script starts.
  public Path distribution() {
    return ProjectFolder.root().resolve(module).resolve("target/dist");
  }

  public Run with(String... args) {
    return new Tool(script()).with(args);
  }

  public Outcome run(String... args) {
    return with(args).outcome();
  }

  /// Writes to `folder` the distribution's launcher with a program in place of Java that prints its
  /// environment, its map of user ids and its arguments.
  public Path withoutJava(Path folder) {
    try {
      var java =
          script(folder.resolve("java"), "#!/bin/sh\nenv\ncat /proc/self/uid_map\necho \"$@\"\n");
      var launcher = Files.readString(distribution().resolve("bin").resolve(tool));
      return script(folder.resolve(tool), launcher.replaceFirst("(?m)^java=.*$", "java=" + java));
    } catch (IOException e) {
      throw new UncheckedIOException("write a launcher to " + folder, e);
    }
  }

  private static Path script(Path file, String text) throws IOException {
    Files.writeString(file, text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
