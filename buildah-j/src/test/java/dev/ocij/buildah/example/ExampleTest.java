package dev.ocij.buildah.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.testing.Require;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Debian's buildah as the judge: each example gives the same files and the same configuration.
@Tag("tool")
@Tag("root")
@Tag("distribution")
class ExampleTest {
  private static Builders builders;
  private static Instant start;

  @BeforeAll
  static void prepare() throws IOException {
    Require.root();
    start = Instant.now().minusSeconds(1);
    builders = Builders.open();
  }

  @AfterAll
  static void close() {
    if (builders != null) {
      builders.close();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void gives_the_same_image_as_buildah(Example example) throws IOException {
    var theirs = builders.theirs(example);
    var ours = builders.ours(example);
    var differences = new ArrayList<String>();
    compare("file", ours.files().shown(), theirs.files().shown(), differences);
    compare(
        "time",
        ours.files().changedBefore(start),
        theirs.files().changedBefore(start),
        differences);
    compare("config", fields(ours.container()), fields(theirs.container()), differences);
    compare("image", ours.described(), theirs.described(), differences);
    compare("history", HistoryLines.of(ours), HistoryLines.of(theirs), differences);
    differences.removeIf(difference -> KnownDifferences.of(example).isKnown(difference));
    assertThat(differences).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"hello", "links", "multi-stage", "permissions", "shell"})
  void gives_the_same_id_each_time(String name) {
    var example = new Example(name);
    assertThat(builders.idAtTheSameTime(example)).isEqualTo(builders.idAtTheSameTime(example));
  }

  private static void compare(
      String what, Map<String, ?> ours, Map<String, ?> theirs, List<String> differences) {
    var names = new TreeSet<>(ours.keySet());
    names.addAll(theirs.keySet());
    for (var name : names) {
      if (!Objects.equals(ours.get(name), theirs.get(name))) {
        differences.add(
            "%s %s: ours %s, theirs %s".formatted(what, name, ours.get(name), theirs.get(name)));
      }
    }
  }

  private static Map<String, JsonNode> fields(JsonNode object) {
    var fields = new TreeMap<String, JsonNode>();
    object.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
    return fields;
  }

  private static List<Example> examples() throws IOException {
    return Example.judged();
  }
}
