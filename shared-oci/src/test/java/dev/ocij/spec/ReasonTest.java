package dev.ocij.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReasonTest {
  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new NoSuchFileException("/a"), "no such file or directory"),
        Arguments.of(new FileSystemException("/a", null, "is a directory"), "is a directory"),
        Arguments.of(new EOFException(), "unexpected end of stream"),
        Arguments.of(new ClosedByInterruptException(), "closed by interrupt"),
        Arguments.of(new BufferUnderflowException(), "it ends too early"),
        Arguments.of(new NullPointerException("because \"x\" is null"), "it is malformed"),
        Arguments.of(new ExecutionException(new IOException("disk full")), "disk full"),
        Arguments.of(new IOException(null, new IOException("disk full")), "disk full"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void is_told_in_words_for_a_person(Exception failure, String told) {
    assertThat(Reason.of(failure)).isEqualTo(told);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          /nonexistent, no such file or directory
          /dev/null,    permission denied
          """)
  void tells_why_a_program_does_not_start(String program, String told) {
    assertThatThrownBy(() -> new ProcessBuilder(program).start())
        .satisfies(e -> assertThat(Reason.of(e)).isEqualTo(told));
  }

  static Stream<Arguments> ofFiles() {
    return Stream.of(
        Arguments.of(new NoSuchFileException("/a\n"), "/a\\n: no such file or directory"),
        Arguments.of(new FileSystemException("/a", "/b", "busy"), "/a -> /b: busy"),
        Arguments.of(new NoSuchFileException(null), "no such file or directory"),
        Arguments.of(new IOException("disk full"), "disk full"));
  }

  @ParameterizedTest
  @MethodSource("ofFiles")
  void names_the_file_that_it_happened_to(Exception failure, String told) {
    assertThat(Reason.withFile(failure)).isEqualTo(told);
  }
}
