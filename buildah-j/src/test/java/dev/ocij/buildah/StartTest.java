package dev.ocij.buildah;

import dev.ocij.testing.Launcher;
import dev.ocij.testing.SlowStarts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("distribution")
class StartTest {
  @TempDir private Path folder;

  @BeforeEach
  void an_image() throws IOException {
    Files.createDirectories(folder.resolve("context"));
    Files.writeString(folder.resolve("context/file"), "content");
    Files.writeString(folder.resolve("context/.dockerignore"), "*.log\n");
    Files.writeString(
        folder.resolve("context/Containerfile"), "FROM scratch\nCOPY file /\nLABEL a=b\n");
    Launcher.BUILDAH_J.run(line("build -t built FOLDER/context")).succeeded();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "build -t again FOLDER/context",
        "images",
        "history built",
        "inspect built",
        "from built",
        "containers",
      })
  void leaves_alone_what_starts_slowly(String line) {
    SlowStarts.assertNone(Launcher.BUILDAH_J, folder.resolve("log"), line(line));
  }

  private String[] line(String words) {
    return "--root FOLDER/store %s"
        .formatted(words)
        .replace("FOLDER", folder.toString())
        .split(" ");
  }
}
