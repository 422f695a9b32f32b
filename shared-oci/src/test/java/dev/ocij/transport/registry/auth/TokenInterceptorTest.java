package dev.ocij.transport.registry.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Tokens that a registry stops to accept whenever it likes.
class TokenInterceptorTest {
  @AutoClose private final MockWebServer server = new MockWebServer();
  private final List<String> dead = new ArrayList<>();
  private int tokens;

  @BeforeEach
  void start() throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return answer(request);
          }
        });
    server.start();
  }

  @Test
  void a_token_that_is_dead_when_it_is_first_shown_is_replaced() throws IOException {
    var http = client();
    assertThat(status(http, "a")).isEqualTo(200);
    dead.add("Bearer token-2");
    assertThat(status(http, "b")).isEqualTo(200);
    assertThat(tokens).isEqualTo(3);
  }

  @Test
  void the_next_may_have_died_with_it() throws IOException {
    var http = client();
    assertThat(status(http, "a")).isEqualTo(200);
    dead.addAll(List.of("Bearer token-1", "Bearer token-2"));
    assertThat(status(http, "a")).isEqualTo(200);
    assertThat(tokens).isEqualTo(3);
  }

  @Test
  void a_registry_that_accepts_no_token_is_believed() throws IOException {
    dead.addAll(List.of("Bearer token-1", "Bearer token-2"));
    assertThat(status(client(), "a")).isEqualTo(401);
    assertThat(tokens).isEqualTo(2);
  }

  private OkHttpClient client() {
    var url = server.url("/");
    var anonymous = new Credential.Anonymous();
    return new OkHttpClient.Builder()
        .addInterceptor(
            new TokenInterceptor(
                url, _ -> anonymous, new OkHttpClient(), InstantSource.system(), false))
        .build();
  }

  private int status(OkHttpClient http, String repository) throws IOException {
    var url = server.url("/v2/%s/manifests/latest".formatted(repository));
    try (var response = http.newCall(new Request.Builder().url(url).build()).execute()) {
      return response.code();
    }
  }

  private MockResponse answer(RecordedRequest request) {
    if (Objects.equals(request.getUrl().encodedPath(), "/token")) {
      tokens++;
      return new MockResponse(200, Headers.EMPTY, "{\"token\":\"token-%d\"}".formatted(tokens));
    }
    var shown = request.getHeaders().get("Authorization");
    if (shown == null || dead.contains(shown)) {
      var challenge = "Bearer realm=\"%s\"".formatted(server.url("/token"));
      return new MockResponse(401, Headers.of("WWW-Authenticate", challenge), "");
    }
    return new MockResponse(200, Headers.EMPTY, "");
  }
}
