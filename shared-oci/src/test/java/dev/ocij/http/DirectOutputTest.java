package dev.ocij.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.testing.RawServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okio.ByteString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bodies that are sent past OkHttp, which does not notice.
class DirectOutputTest {
  private static final int PIECE = 100_000;

  @AutoClose private final MockWebServer server = new MockWebServer();
  private final OkHttpClient http = PacedClient.create();

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8192, 65_536, 1_000_003})
  void arrive_whole_and_the_connection_is_used_again(int size)
      throws IOException, InterruptedException {
    for (long seed = 0; seed < 3; seed++) {
      server.enqueue(new MockResponse.Builder().code(201).body("stored").build());
      var body = new Body(bytes(seed, size), size);
      assertThat(put(server.url("/"), body)).isEqualTo("stored");
      assertThat(body.way).isInstanceOf(DirectOutput.class);
      var request = server.takeRequest();
      assertThat(request.getBody()).isEqualTo(ByteString.of(bytes(seed, size)));
      assertThat(request.getConnectionIndex()).isZero();
    }
  }

  @Test
  void a_body_of_unknown_length_is_left_to_OkHttp() throws IOException, InterruptedException {
    server.enqueue(new MockResponse.Builder().code(201).build());
    var body = new Body(bytes(1, 300_000), -1);
    put(server.url("/"), body);
    assertThat(body.way).isNotInstanceOf(DirectOutput.class);
    var request = server.takeRequest();
    assertThat(request.getBody()).isEqualTo(ByteString.of(bytes(1, 300_000)));
  }

  @ParameterizedTest
  @ValueSource(ints = {299_999, 300_001})
  void a_body_of_another_length_than_was_said_is_refused(int said) {
    server.enqueue(new MockResponse.Builder().code(201).build());
    assertThatThrownBy(() -> put(server.url("/"), new Body(bytes(1, 300_000), said)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void a_server_that_goes_away_fails_the_request() {
    try (var gone = RawServer.answering((_, _) -> {})) {
      var url = HttpUrl.get("http://" + gone.host() + "/");
      assertThatThrownBy(() -> put(url, new Body(bytes(1, 50_000_000), 50_000_000)))
          .isInstanceOf(IOException.class);
    }
  }

  /// It reads the head, and no more, however long anybody waits.
  @Test
  void a_server_that_reads_no_further_is_given_up() {
    var given = new CountDownLatch(1);
    var impatient =
        PacedClient.create(new Patience(Duration.ofSeconds(10), Duration.ofMillis(300), 512));
    try (var silent = RawServer.answering((_, _) -> awaited(given))) {
      var url = HttpUrl.get("http://" + silent.host() + "/");
      assertThatThrownBy(() -> put(impatient, url, new Body(bytes(1, 50_000_000), 50_000_000)))
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessage("a part of the request does not end");
      given.countDown();
    }
  }

  private static void awaited(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new InterruptedIOException(e.getMessage());
    }
  }

  private String put(HttpUrl url, Body body) throws IOException {
    return put(http, url, body);
  }

  private static String put(OkHttpClient http, HttpUrl url, Body body) throws IOException {
    try (var answer = http.newCall(new Request.Builder().url(url).put(body).build()).execute()) {
      return answer.body().string();
    }
  }

  private static byte[] bytes(long seed, int size) {
    var bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /// Knows which way it took.
  private static final class Body extends StreamedBody {
    private final byte[] bytes;
    private final long said;
    private @Nullable OutputStream way;

    Body(byte[] bytes, long said) {
      super();
      this.bytes = bytes;
      this.said = said;
    }

    @Override
    public @Nullable MediaType contentType() {
      return null;
    }

    @Override
    public long contentLength() {
      return said;
    }

    @Override
    public boolean isOneShot() {
      return true;
    }

    @Override
    protected void writeTo(OutputStream out) throws IOException {
      way = out;
      for (int at = 0; at < bytes.length; at += PIECE) {
        out.write(bytes, at, Math.min(PIECE, bytes.length - at));
      }
    }
  }
}
