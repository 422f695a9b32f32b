package dev.ocij.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PendingFileTest {
  private static final byte[] CONTENT = "content".getBytes(StandardCharsets.US_ASCII);

  @TempDir private Path folder;

  @Test
  void gets_its_name_when_it_is_whole() throws IOException {
    try (var file = PendingFile.in(folder)) {
      file.append(new ByteArrayInputStream(CONTENT));
      assertThat(folder.toFile().list()).hasSize(1).allMatch(PendingFile::isName);
      file.moveTo(folder.resolve("name"));
    }
    assertThat(folder.resolve("name")).hasBinaryContent(CONTENT);
    assertThat(folder.toFile().list()).containsExactly("name");
  }

  /// Nobody else can open what has no name, and nothing is left of it.
  @Test
  void one_without_a_name_is_seen_by_nobody() throws IOException {
    try (var file = PendingFile.unnamed(folder)) {
      file.append(new ByteArrayInputStream(CONTENT));
      assertThat(folder).isEmptyDirectory();
      var read = ByteBuffer.allocate(CONTENT.length);
      assertThat(file.channel().read(read, 0)).isEqualTo(CONTENT.length);
      assertThat(read.array()).isEqualTo(CONTENT);
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void one_that_was_given_up_is_gone() throws IOException {
    PendingFile.in(folder).close();
    assertThat(folder).isEmptyDirectory();
  }
}
