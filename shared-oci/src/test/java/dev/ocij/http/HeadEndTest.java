package dev.ocij.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadEndTest {
  private final HeadEnd head = new HeadEnd();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n",
        "HTTP/1.1 200 OK\nContent-Length: 3\n\n",
        "HTTP/1.1 200 OK\nContent-Length: 3\n\r\n",
        "HTTP/1.1 200 OK\r\nA: \r\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\r\nA: b\r\n\r\n",
      })
  void ends_with_an_empty_line(String text) {
    head.expect();
    var bytes = (text + "\n\n\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
    assertThat(head.through(bytes, 0, bytes.length)).isEqualTo(text.length());
    assertThat(head.isLast()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 17, 100})
  void is_found_in_pieces(int piece) {
    var text = "HTTP/1.1 200 OK\r\nA: b\r\n\r\nbody\r\n\r\n";
    var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    head.expect();
    int at = 0;
    while (!head.isLast()) {
      at += head.through(bytes, at, Math.min(piece, bytes.length - at));
    }
    assertThat(text.substring(at)).isEqualTo("body\r\n\r\n");
  }

  @Test
  void is_looked_for_once() {
    head.expect();
    var bytes = "a\n\nb\n\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(head.through(bytes, 0, bytes.length)).isEqualTo(3);
    assertThat(head.through(bytes, 3, 3)).isEqualTo(3);
    assertThat(head.isLast()).isFalse();
    head.expect();
    assertThat(head.through(bytes, 3, 3)).isEqualTo(3);
    assertThat(head.isLast()).isTrue();
  }

  @Test
  void is_not_looked_for_where_none_is_expected() {
    var bytes = "a\n\nb".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(head.through(bytes, 0, bytes.length)).isEqualTo(4);
    assertThat(head.isLast()).isFalse();
  }
}
