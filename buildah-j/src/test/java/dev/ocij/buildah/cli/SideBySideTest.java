package dev.ocij.buildah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Outcome;
import dev.ocij.testing.Require;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The installed buildah and our program over the same command lines: the same output and the same
/// exit status, ids aside.
@Tag("tool")
@Tag("root")
class SideBySideTest {
  @TempDir private Path folder;
  private Path context;

  @BeforeEach
  void files() throws IOException {
    Require.root();
    context = Files.createDirectory(folder.resolve("context"));
    Files.writeString(context.resolve("a"), "a\n");
    Files.writeString(context.resolve("b"), "b\n");
    Files.writeString(context.resolve("Containerfile"), "FROM scratch\nCOPY b /\n");
  }

  @Test
  void end_alike() throws IOException {
    var peer = Tool.required("buildah");
    var ours = new InProcess(folder.resolve("ours"));
    var differing = new LinkedHashMap<String, String>();
    for (var line : lines()) {
      var expected = answer(peer.run(onOwnStore(words(line))));
      var actual = answer(ours.run(words(line)));
      if (!actual.equals(expected)) {
        differing.put(line, "buildah: %s%nbuildah-j: %s".formatted(expected, actual));
      }
    }
    assertThat(differing).isEmpty();
  }

  private String[] onOwnStore(String... words) {
    var root = folder.resolve("theirs");
    return Stream.concat(
            Stream.of(
                "--root",
                root.resolve("root").toString(),
                "--runroot",
                root.resolve("run").toString(),
                "--storage-driver",
                "vfs"),
            Stream.of(words))
        .toArray(String[]::new);
  }

  /// A bar stands for a space.
  private String[] words(String line) {
    return Stream.of(line.split(" "))
        .map(word -> word.replace("DIR", context.toString()).replace('|', ' '))
        .toArray(String[]::new);
  }

  private static String answer(Outcome outcome) {
    var printed = outcome.stdout().replaceAll("\\b([0-9a-f]{64}|[0-9a-f]{12})\\b", "ID").strip();
    return outcome.status() + " " + printed;
  }

  private static List<String> lines() throws IOException {
    try (var in = SideBySideTest.class.getResourceAsStream("side-by-side.txt")) {
      var text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      var lines = new ArrayList<>(text.lines().toList());
      lines.removeIf(line -> line.isEmpty() || line.startsWith("#"));
      assertThat(lines).hasSizeGreaterThanOrEqualTo(60);
      return lines;
    }
  }
}
