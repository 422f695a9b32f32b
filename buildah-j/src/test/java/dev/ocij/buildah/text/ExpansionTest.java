package dev.ocij.buildah.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpansionTest {
  private static final Expansion EXPANSION =
      new Expansion(
          '\\',
          Variables.of(
              Map.of(
                  "a",
                  "1",
                  "empty",
                  "",
                  "path",
                  "/usr/local/lib",
                  "file",
                  "x.tar.gz",
                  "s",
                  "1 2")));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          plain               | plain
          $a                  | 1
          ${a}                | 1
          $ab                 | ``
          ${a}b               | 1b
          $                   | $
          a$                  | a$
          $-x                 | x
          "$a"                | 1
          '$a'                | $a
          \\$a                | $a
          \\\\$a              | \\1
          "\\$a"              | $a
          "a\\b"              | a\\b
          a\\b                | ab
          "a'b'"              | a'b'
          ${a:-w}             | 1
          ${no:-w}            | w
          ${empty:-w}         | w
          ${empty-w}          | ``
          ${no-w}             | w
          ${a:+w}             | w
          ${empty:+w}         | ``
          ${empty+w}          | w
          ${no+w}             | ``
          ${a:?m}             | 1
          ${empty?m}          | ``
          ${no:-$a}           | 1
          ${no:-${nein:-x$a}} | x1
          ${no:-"a b"}        | a b
          ${no:-'}'}          | }
          ${no:-\\}}          | }
          ${path#/*/}         | local/lib
          ${path##*/}         | lib
          ${path%/*}          | /usr/local
          ${path%%/l*}        | /usr
          ${path#x}           | /usr/local/lib
          ${file%.*}          | x.tar
          ${file%%.*}         | x
          ${file#?.}          | tar.gz
          ${file/./-}         | x-tar.gz
          ${file//./-}        | x-tar-gz
          ${path//\\//_}      | _usr_local_lib
          ${path/l*l/X}       | /usr/Xib
          ${path/$no/x}       | /usr/local/lib
          ${file/.tar/}       | x.gz
          ${file#\\?}         | x.tar.gz
          """)
  void puts_values_in(String text, String expected) {
    assertThat(EXPANSION.word(source(text))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          x${no:?not there}   | f:1:2: no: not there
          ${no?}              | f:1:1: no: not set
          ${empty:?}          | f:1:1: empty: not set
          ${a                 | f:1:1: ${ without }
          ${a:-               | f:1:1: ${ without }
          ${a/x               | f:1:1: ${ without /
          ${}                 | f:1:1: no name behind ${
          ${a:#x}             | f:1:5: unknown operator in "${a:#"; known are :- - :+ + :? ? # ## % %% / //
          ${a!}               | f:1:4: unknown operator in "${a!"; known are :- - :+ + :? ? # ## % %% / //
          "a                  | f:1:1: quote " is not closed; close it, or put \\ before it
          b'a                 | f:1:2: quote ' is not closed; close it, or put \\ before it
          """)
  void refuses(String text, String sentence) {
    assertThatThrownBy(() -> EXPANSION.word(source(text)))
        .isInstanceOf(ContainerfileException.class)
        .hasMessage(sentence);
  }

  @Test
  void refuses_endless_nesting() {
    assertThatThrownBy(() -> EXPANSION.word(source("${x:-".repeat(10_000))))
        .isInstanceOf(ContainerfileException.class)
        .hasMessageContaining("more than 100 variables inside one another");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "it's $a"  | "it's 1"
          \\$a       | $a
          \\\\       | \\
          a\\n       | a\\n
          ${no:-'x'} | 'x'
          """)
  void keeps_quotes_in_documents(String text, String expected) {
    assertThat(EXPANSION.document(source(text))).isEqualTo(expected);
  }

  @Test
  void splits_values_that_are_not_quoted() {
    assertThat(EXPANSION.words(source("$s \"$s\" $no 3"))).containsExactly("1", "2", "1 2", "3");
  }

  @Test
  void takes_the_other_escape_character() {
    var windows = new Expansion('`', Variables.of(Map.of("a", "1")));
    assertThat(windows.word(source("c:\\$a\\`$a"))).isEqualTo("c:\\1\\$a");
  }

  @Test
  void matches_patterns_in_time_that_grows_with_the_text_only() {
    var letters = "a".repeat(20_000);
    var expansion = new Expansion('\\', Variables.of(Map.of("l", letters)));
    assertThat(expansion.word(source("${l##*a*a*a*a*a*a*a*b}"))).isEqualTo(letters);
    assertThat(expansion.word(source("${l//*a*a*a*a*a*a*a*b/x}"))).isEqualTo(letters);
  }

  private static SourceText source(String text) {
    return SourceText.of(new SourceFile("f", text), 0, text.length());
  }
}
