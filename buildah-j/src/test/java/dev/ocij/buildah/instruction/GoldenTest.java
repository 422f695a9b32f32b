package dev.ocij.buildah.instruction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.buildah.text.Containerfile;
import dev.ocij.buildah.text.ContainerfileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Reads each Containerfile of a folder of examples and compares with what stands beside it: the
/// instructions, or the error with its caret. `GOLDEN_WRITE=true` writes what is missing.
class GoldenTest {
  private static final Path FOLDER = Path.of("src/test/resources/containerfiles");

  @ParameterizedTest
  @MethodSource("examples")
  void reads_as_expected(String name) throws IOException {
    var expected = FOLDER.resolve(name + ".expected");
    var found = read(name);
    if (Boolean.parseBoolean(System.getenv("GOLDEN_WRITE")) && Files.notExists(expected)) {
      Files.writeString(expected, found);
    }
    assertThat(found).isEqualTo(Files.readString(expected));
  }

  static List<String> examples() throws IOException {
    try (var files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.endsWith(".expected"))
          .sorted()
          .toList();
    }
  }

  private static String read(String name) throws IOException {
    try {
      var file = Containerfile.parse(name, Files.readAllBytes(FOLDER.resolve(name)));
      return Instruction.parseAll(file).stream()
          .map(Dump::of)
          .collect(Collectors.joining("\n", "", "\n"));
    } catch (ContainerfileException e) {
      return "%s%n%s%n".formatted(e.at().excerpt(), e.sentence());
    }
  }
}
