package dev.ocij.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.testing.RawServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bodies that are taken past OkHttp, which does not notice.
class DirectBytesTest {
  @AutoClose private final MockWebServer server = new MockWebServer();
  private final OkHttpClient http = PacedClient.create();

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 8192, 65_536, 1_000_003})
  void are_those_of_the_body_and_the_connection_is_used_again(int size)
      throws IOException, InterruptedException {
    for (long seed = 0; seed < 3; seed++) {
      server.enqueue(body(seed, size).build());
      try (var answer = get()) {
        assertThat(PacedBody.bytes(answer)).isInstanceOf(DirectBytes.class);
        assertThat(PacedBody.bytes(answer).readAllBytes()).isEqualTo(bytes(seed, size));
        assertThat(PacedBody.bytes(answer).read()).isNegative();
      }
      assertThat(server.takeRequest().getConnectionIndex()).isZero();
    }
  }

  @Test
  void what_is_not_read_does_not_get_into_the_next_answer() throws IOException {
    server.enqueue(body(1, 300_000).build());
    server.enqueue(body(2, 300_000).build());
    try (var answer = get()) {
      assertThat(PacedBody.bytes(answer).readNBytes(100_001))
          .isEqualTo(new Buffer().write(bytes(1, 300_000)).readByteArray(100_001));
    }
    try (var answer = get()) {
      assertThat(PacedBody.bytes(answer).readAllBytes()).isEqualTo(bytes(2, 300_000));
    }
  }

  @Test
  void what_answers_HEAD_has_none() throws IOException {
    server.enqueue(body(1, 300_000).build());
    var request = new Request.Builder().url(server.url("/")).head().build();
    try (var answer = http.newCall(request).execute()) {
      assertThat(PacedBody.bytes(answer).readAllBytes()).isEmpty();
    }
  }

  @Test
  void other_readers_get_them_from_OkHttp() throws IOException {
    server.enqueue(body(1, 300_000).build());
    try (var answer = get()) {
      assertThat(answer.body().bytes()).isEqualTo(bytes(1, 300_000));
    }
  }

  @Test
  void an_answer_that_came_with_hints_before_it_is_left_to_OkHttp() throws IOException {
    var hints = new MockResponse.Builder().code(103).build();
    server.enqueue(body(1, 300_000).addInformationalResponse(hints).build());
    try (var answer = get()) {
      assertThat(PacedBody.bytes(answer)).isNotInstanceOf(DirectBytes.class);
      assertThat(PacedBody.bytes(answer).readAllBytes()).isEqualTo(bytes(1, 300_000));
    }
  }

  @Test
  void a_body_in_chunks_is_left_to_OkHttp() throws IOException {
    server.enqueue(
        new MockResponse.Builder()
            .chunkedBody(new Buffer().write(bytes(1, 300_000)), 10_000)
            .build());
    try (var answer = get()) {
      assertThat(PacedBody.bytes(answer)).isNotInstanceOf(DirectBytes.class);
      assertThat(PacedBody.bytes(answer).readAllBytes()).isEqualTo(bytes(1, 300_000));
    }
  }

  /// As `Content-Encoding` has it, which OkHttp asks for.
  @Test
  void a_compressed_body_is_left_to_OkHttp() throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(packed)) {
      out.write(bytes(1, 300_000));
    }
    server.enqueue(
        new MockResponse.Builder()
            .headers(Headers.of("Content-Encoding", "gzip"))
            .body(new Buffer().write(packed.toByteArray()))
            .build());
    try (var answer = get()) {
      assertThat(PacedBody.bytes(answer).readAllBytes()).isEqualTo(bytes(1, 300_000));
    }
  }

  @Test
  void a_body_that_ends_too_early_is_no_body() {
    try (var cut =
        RawServer.answering(
            (_, out) -> send(out, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nbody"))) {
      assertThatThrownBy(() -> read(cut))
          .isInstanceOf(IOException.class)
          .hasMessage("unexpected end of stream");
    }
  }

  @Test
  void lines_of_the_head_may_end_with_a_line_feed_only() throws IOException {
    try (var plain =
        RawServer.answering(
            (_, out) -> send(out, "HTTP/1.1 200 OK\nContent-Length: 6\n\n\n\nbody"))) {
      assertThat(read(plain)).asString().isEqualTo("\n\nbody");
    }
  }

  private byte[] read(RawServer from) throws IOException {
    try (var answer = get(HttpUrl.get("http://" + from.host() + "/"))) {
      assertThat(PacedBody.bytes(answer)).isInstanceOf(DirectBytes.class);
      return PacedBody.bytes(answer).readAllBytes();
    }
  }

  private Response get() throws IOException {
    return get(server.url("/"));
  }

  private Response get(HttpUrl url) throws IOException {
    return http.newCall(new Request.Builder().url(url).build()).execute();
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private static MockResponse.Builder body(long seed, int size) {
    return new MockResponse.Builder().body(new Buffer().write(bytes(seed, size)));
  }

  private static byte[] bytes(long seed, int size) {
    var bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
