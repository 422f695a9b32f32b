package dev.ocij.transport.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.transport.SampleImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectorySinkTest {
  private static final String BEGUN = ".tmp-967b5d9d-40a7-467c-9b24-0f449d31aeb1";
  @TempDir private Path folder;
  private final SampleImage image = SampleImage.oci(1);

  /// A writer who died as it began must not keep the next one out.
  @Test
  void takes_a_directory_that_another_has_begun() throws IOException {
    Files.writeString(folder.resolve(BEGUN), "Directory Tr");
    write();
    assertThat(folder.resolve(BEGUN)).doesNotExist();
    assertThat(folder.resolve("manifest.json")).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"notes.txt", ".tmp-", ".tmp-of-mine", "tmp-967b5d9d"})
  void leaves_what_is_no_image_alone(String file) throws IOException {
    Files.writeString(folder.resolve(BEGUN), "");
    Files.writeString(folder.resolve(file), "of somebody else");
    assertThatThrownBy(this::write).hasMessageContaining("don't want to overwrite important data");
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder(BEGUN, file);
  }

  @Test
  void names_the_file_and_the_blob_that_it_lacks() throws IOException {
    try (var sink = new DirectoryTransport().openSink(folder.toString())) {
      assertThatThrownBy(() -> sink.commit(image.manifest()))
          .hasMessageMatching(
              "write %s: the blob sha256:[0-9a-f]{64} is missing"
                  .formatted(Pattern.quote(folder.resolve("manifest.json").toString())));
    }
  }

  private void write() throws IOException {
    try (var sink = new DirectoryTransport().openSink(folder.toString())) {
      image.putBlobs(sink);
      sink.commit(image.manifest());
    }
  }
}
