package dev.ocij.buildah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a COPY shows of its sources, the cache knows them by.
class CachedCopyTest {
  private static final String[] COPY = {"FROM scratch", "COPY --parents **/x.txt /"};

  @TempDir private Path folder;
  private BuiltFiles built;

  @BeforeEach
  void prepare() throws IOException {
    built = new BuiltFiles(folder);
    Files.createDirectory(directory("one"));
    Files.writeString(directory("one").resolve("x.txt"), "content");
    Files.setPosixFilePermissions(directory("one"), PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(built.names(COPY)).containsExactly("one/", "one/x.txt");
  }

  @Test
  void folders_that_are_kept_have_their_names() throws IOException {
    Files.move(directory("one"), directory("two"));
    assertThat(built.names(COPY)).containsExactly("two/", "two/x.txt");
  }

  @Test
  void folders_that_are_kept_have_their_modes() throws IOException {
    Files.setPosixFilePermissions(directory("one"), PosixFilePermissions.fromString("rwxr-x---"));
    assertThat(built.files(COPY)).first().asString().startsWith("750 ");
  }

  private Path directory(String name) {
    return built.context().resolve(name);
  }
}
