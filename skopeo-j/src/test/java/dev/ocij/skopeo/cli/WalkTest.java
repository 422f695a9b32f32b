package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.ocij.term.CommandModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every option of every command does what it says: what is seen of each stands in a table,
/// `walk.txt` and [WalkAccess], and where that is about a registry it is seen at docker-registry
/// without TLS, with TLS, and with TLS and a password.
@Tag("tool")
class WalkTest {
  private static final Set<WalkPlaces.Kind> KINDS =
      Set.of(WalkPlaces.Kind.PLAIN, WalkPlaces.Kind.TLS, WalkPlaces.Kind.AUTH);
  @AutoClose private static WalkPlaces places;
  @TempDir private static Path folder;

  @BeforeAll
  static void registries_and_images() throws IOException {
    places = new WalkPlaces(Files.createDirectory(folder.resolve("places")));
  }

  @TestFactory
  Stream<DynamicTest> does_what_it_says() throws IOException {
    return cases().stream().flatMap(this::walks);
  }

  private Stream<DynamicTest> walks(WalkCase walked) {
    return KINDS.stream()
        .filter(kind -> walked.needsRegistry() || kind == WalkPlaces.Kind.PLAIN)
        .map(kind -> dynamicTest(walked + " " + kind, () -> walk(walked, kind)));
  }

  private static void walk(WalkCase walked, WalkPlaces.Kind kind) throws IOException {
    var out = Files.createTempDirectory(folder, "out");
    var name = "walk" + out.getFileName().toString().substring("out".length());
    new Walk(places, kind, name, out).through(walked);
  }

  /// The options that the program has, those too that no help shows, are those that are walked.
  @Test
  void none_is_forgotten() throws IOException {
    var walked = new TreeSet<String>();
    cases().forEach(one -> walked.add(one.toString()));
    var known = new TreeSet<String>();
    CommandModel.flags(SkopeoJ.program())
        .forEach(
            (command, flags) -> flags.forEach(flag -> known.add((command + " " + flag).strip())));
    assertThat(walked).containsExactlyElementsOf(known);
  }

  private static List<WalkCase> cases() throws IOException {
    try (var in = WalkTest.class.getResourceAsStream("walk.txt")) {
      var table = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      var cases = new ArrayList<>(WalkCase.parse(table.lines().toList()));
      cases.addAll(WalkAccess.cases());
      var twice =
          cases.stream().collect(Collectors.groupingBy(WalkCase::toString, Collectors.counting()));
      assertThat(twice).as("none stands twice").allSatisfy((_, count) -> assertThat(count).isOne());
      return cases;
    }
  }
}
