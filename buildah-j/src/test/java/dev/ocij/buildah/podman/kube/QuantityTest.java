package dev.ocij.buildah.podman.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.spec.OciException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          1,      1b,             1
          1.5,    2b,             1.5
          500m,   1b,             0.5
          2k,     2000b,          2000
          64Mi,   67108864b,      67108864
          1.5Gi,  1610612736b,    1610612736
          1G,     1000000000b,    1000000000
          1e3,    1000b,          1000
          0.0001, 1b,             0.001
          """)
  void are_bytes_or_processors(String text, String bytes, String processors) {
    assertThat(Quantity.parse(text).bytes()).isEqualTo(bytes);
    assertThat(Quantity.parse(text).processors()).isEqualTo(processors);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "m", "-1", "1 Gi", "1gi", "1K", "1Kb", ".", "1e999"})
  void others_are_refused(String text) {
    assertThatThrownBy(() -> Quantity.parse(text))
        .isInstanceOf(OciException.class)
        .hasMessageContaining("is no quantity");
  }
}
