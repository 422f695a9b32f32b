package dev.ocij.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import okio.Buffer;
import okio.Source;
import okio.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// By a clock that only the server and the reader move.
class PacedSourceTest {
  private static final Patience PATIENCE =
      new Patience(Duration.ofSeconds(1), Duration.ofSeconds(20), 512);
  private static final int SIZE = 100_000;

  private long now;

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          52,     100,  0
          1024,  1000,  0
          11000, 19999, 0
          1,     0,     60000
          """)
  void waits_for_a_server_as_fast_as_it_must_be(int piece, long pause, long reader)
      throws IOException {
    assertThat(read(piece, pause, reader)).isEqualTo(SIZE);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          50,  100,   10000, 20.0
          1,   10000, 2,     20.0
          1,   30000, 1,     30.0
          """)
  void gives_up_one_that_is_slower(int piece, long pause, int came, String seconds) {
    assertThatThrownBy(() -> read(piece, pause, 0))
        .isInstanceOf(SocketTimeoutException.class)
        .hasMessage("only %d bytes came in %s seconds", came, seconds);
  }

  /// Reads to the end.
  ///
  /// @param piece bytes that the server sends at once
  /// @param pause milliseconds before each
  /// @param reader milliseconds that the reader takes for each
  private long read(int piece, long pause, long reader) throws IOException {
    var sink = new Buffer();
    try (var paced = new PacedSource(server(piece, pause), new Pace(PATIENCE, () -> now), null)) {
      while (paced.read(sink, SIZE) >= 0) {
        now += Duration.ofMillis(reader).toNanos();
      }
    }
    return sink.size();
  }

  private Source server(int piece, long pause) {
    return new Source() {
      private int left = SIZE;

      @Override
      public long read(Buffer sink, long most) {
        now += Duration.ofMillis(pause).toNanos();
        int sent = Math.min(piece, left);
        sink.write(new byte[sent]);
        left -= sent;
        return sent == 0 ? -1 : sent;
      }

      @Override
      public Timeout timeout() {
        return Timeout.NONE;
      }

      @Override
      public void close() {}
    };
  }
}
