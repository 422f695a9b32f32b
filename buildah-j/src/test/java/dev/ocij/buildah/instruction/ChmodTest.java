package dev.ocij.buildah.instruction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.buildah.text.ContainerfileException;
import dev.ocij.buildah.text.SourceFile;
import dev.ocij.buildah.text.SourceText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChmodTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          755           | 644  | false | 755
          0755          | 4644 | false | 755
          4755          | 0    | false | 4755
          01777         | 755  | true  | 1777
          000644        | 755  | false | 644
          +x            | 644  | false | 755
          u+x           | 644  | false | 744
          u=rwX,go=rX   | 600  | false | 644
          u=rwX,go=rX   | 600  | true  | 755
          u=rwX,go=rX   | 700  | false | 755
          a-w           | 777  | false | 555
          go-rwx        | 777  | false | 700
          u+s           | 755  | false | 4755
          g+s           | 755  | false | 2755
          +t            | 777  | true  | 1777
          g=u           | 740  | false | 770
          u=             | 755  | false | 55
          u+r-w         | 300  | false | 500
          """)
  void gives_the_mode_that_chmod_gives(String text, String mode, boolean directory, String after) {
    int changed = Chmod.parse(source(text)).apply(Integer.parseInt(mode, 8), directory);
    assertThat(Integer.toOctalString(changed)).isEqualTo(after);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "888", "u", "u+y", "77777", "u=r,", "x+r"})
  void refuses(String text) {
    assertThatThrownBy(() -> Chmod.parse(source(text))).isInstanceOf(ContainerfileException.class);
  }

  private static SourceText source(String text) {
    return SourceText.of(new SourceFile("f", text), 0, text.length());
  }
}
