package dev.ocij.buildah.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerfileTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          RUN a,RUN a
          # no\\nRUN a,RUN a
          RUN a \\\\\\n  b,RUN a   b
          RUN a \\\\  \\n b,RUN a  b
          RUN a \\\\\\n# no\\n\\n  # no\\n b,RUN a  b
          RUN a # yes,RUN a # yes
          RUN a \\\\\\\\,RUN a \\\\\\\\
          RUN a \\\\,RUN a
          RUN a\\r\\n,RUN a
          RUN a\\\\\\r\\n b,RUN a b
          \\uFEFFRUN a,RUN a
          # escape=`\\nRUN a`\\n b,RUN a b
          # syntax=x\\n# escape=`\\nRUN a`\\n b,RUN a b
          # comment\\n# escape=`\\nRUN a`,RUN a`
          \\n# escape=`\\nRUN a`,RUN a`
          #ESCAPE = `\\nRUN a`\\n b,RUN a b
          """)
  void joins_the_lines_that_belong_together(String typed, String joined) {
    assertThat(lines(unescaped(typed))).containsExactly(unescaped(joined));
  }

  @Test
  void keeps_the_place_of_each_character() {
    var text = Containerfile.parse("f", "# c\nRUN a \\\n# no\n  bc\n").lines().getFirst().text();
    assertThat(text.at()).hasToString("f:2:1");
    assertThat(text.at(text.toString().indexOf("c"))).hasToString("f:4:4");
    assertThat(text.at(text.length())).hasToString("f:4:5");
  }

  @Test
  void reads_documents_in_the_order_of_their_markers() {
    var line = Containerfile.parse("f", "COPY <<A <<-'B' /x/\n1 $a\nA\n\t2\n\tB\nRUN x\n").lines();
    assertThat(line).hasSize(2);
    assertThat(line.getFirst().heredocs())
        .extracting(Heredoc::name, Heredoc::expands, h -> h.content().toString())
        .containsExactly(tuple("A", true, "1 $a\n"), tuple("B", false, "2\n"));
    assertThat(line.getFirst().whole()).isEqualTo("COPY <<A <<-'B' /x/\n1 $a\nA\n\t2\nB\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RUN echo $((1<<2))",
        "RUN cat <<<word",
        "RUN echo 'a <<b'",
        "ENV a=<<b",
        "RUN a << b"
      })
  void sees_no_document_in(String line) {
    assertThat(Containerfile.parse("f", line).lines().getFirst().heredocs()).isEmpty();
  }

  @Test
  void keeps_comments_and_continuations_in_documents() {
    var line = Containerfile.parse("f", "RUN <<EOF\n# kept\na \\\n\nEOF").lines().getFirst();
    assertThat(line.heredocs().getFirst().raw()).hasToString("# kept\na \\\n\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          RUN <<EOF\\na\\n          | f:1:5: document "EOF" does not end; end it with a line that holds nothing but its name
          # escape=x\\nRUN a        | f:1:10: invalid escape character; it is either \\ or `
          # escape=`\\n# escape=`   | f:2:10: parser directive "escape" stands twice; keep one
          RUN a \\uFFFD             | f:1:7: not UTF-8; save the file in that encoding
          """)
  void refuses(String typed, String sentence) {
    assertThatThrownBy(() -> Containerfile.parse("f", unescaped(typed)))
        .isInstanceOf(ContainerfileException.class)
        .hasMessage(sentence);
  }

  @Test
  void reads_bytes_that_are_not_utf8_in_comments() {
    var bytes = "# caf\u00e9\nRUN a".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(Containerfile.parse("f", bytes).lines()).hasSize(1);
  }

  @Test
  void tells_what_the_directives_say() {
    var directives =
        Containerfile.parse("f", "# syntax=docker/x:1\n# check=skip=all\n").directives();
    assertThat(directives).isEqualTo(new Directives('\\', "docker/x:1", "skip=all"));
  }

  private static List<String> lines(String text) {
    return Containerfile.parse("f", text).lines().stream().map(l -> l.text().toString()).toList();
  }

  /// `\n` and its like as one writes them in a table.
  static String unescaped(String typed) {
    return typed.replace("\\uFEFF", "\uFEFF").replace("\\uFFFD", "\uFFFD").translateEscapes();
  }
}
