package dev.ocij.buildah.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Require;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
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
  @AutoClose private static Builders builders;
  private static Instant start;

  @BeforeAll
  static void prepare() throws IOException {
    Require.root();
    start = Instant.now().minusSeconds(1);
    builders = Builders.open();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void gives_the_same_image_as_buildah(Example example) throws IOException {
    assertThat(Differences.of(example, builders, start)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"hello", "links", "multi-stage", "permissions", "shell"})
  void gives_the_same_id_each_time(String name) {
    var example = new Example(name);
    assertThat(builders.idAtTheSameTime(example)).isEqualTo(builders.idAtTheSameTime(example));
  }

  private static List<Example> examples() throws IOException {
    return Example.judged();
  }
}
