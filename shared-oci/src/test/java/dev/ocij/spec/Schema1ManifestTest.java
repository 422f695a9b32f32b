package dev.ocij.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The history of schema 1 is a chain, one link for each layer.
class Schema1ManifestTest {
  private static final String A = "a".repeat(64);
  private static final String B = "b".repeat(64);

  @Test
  void steps_are_in_order_base_first() {
    var steps =
        read(
                layers(B, A),
                v1("{'id':'%s','parent':'%s','throwaway':true}".formatted(B, A)),
                v1("{'id':'%s'}".formatted(A)))
            .steps();
    assertThat(steps).extracting(step -> step.layer().hex()).containsExactly(A, B);
    assertThat(steps).extracting(Schema1Manifest.Step::empty).containsExactly(false, true);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'id':'A','parent':'A'}                | {'id':'A','parent':'B'} | invalid parent
          {'id':'B'}                             | {'id':'A'}              | invalid parent "" of bbb
          {'id':'../../x','parent':'A'}          | {'id':'A'}              | invalid id "../../x"
          {'parent':'A'}                         | {'id':'A'}              | invalid id ""
          []                                     | {'id':'A'}              | invalid id ""
          no json                                | {'id':'A'}              | read v1Compatibility
          {'id':'B','id':'B','parent':'A'}       | {'id':'A'}              | Duplicate field 'id'
          """)
  void a_broken_chain_is_refused(String top, String base, String found) {
    var manifest = read(layers(B, A), v1(named(top)), v1(named(base)));
    assertThatThrownBy(manifest::steps)
        .isInstanceOf(OciException.class)
        .hasMessageContaining(found);
  }

  @Test
  void layers_and_history_must_fit() {
    assertThatThrownBy(() -> read(layers(A, B), v1("{}")))
        .hasMessageContaining("2 fsLayers and 1 history entries");
    assertThatThrownBy(() -> read("")).hasMessageContaining("0 fsLayers and 0 history entries");
    assertThatThrownBy(() -> read("{\"blobSum\":\"sha256:../../x\"}", v1("{}")))
        .hasMessageContaining("invalid digest");
    assertThatThrownBy(() -> read("{}", v1("{}"))).hasMessageContaining("\"blobSum\" is missing");
    assertThatThrownBy(() -> read(layers(A), "{}"))
        .hasMessageContaining("\"v1Compatibility\" is missing");
    var many = Stream.generate(() -> A).limit(1025).toArray(String[]::new);
    var history = Stream.generate(() -> v1("{}")).limit(1025).toArray(String[]::new);
    assertThatThrownBy(() -> read(layers(many), history)).hasMessageContaining("more than 1024");
  }

  private static String named(String text) {
    return text.replace("'A'", "'" + A + "'").replace("'B'", "'" + B + "'");
  }

  private static String layers(String... hex) {
    return Stream.of(hex)
        .map("{\"blobSum\":\"sha256:%s\"}"::formatted)
        .collect(Collectors.joining(","));
  }

  private static String v1(String json) {
    return "{\"v1Compatibility\":\"%s\"}".formatted(json.replace("'", "\\\""));
  }

  private static Schema1Manifest read(String layers, String... history) {
    var text =
        "{\"schemaVersion\":1,\"fsLayers\":[%s],\"history\":[%s]}"
            .formatted(layers, String.join(",", history));
    return Json.read(text.getBytes(StandardCharsets.UTF_8), Schema1Manifest.class, "manifest");
  }
}
