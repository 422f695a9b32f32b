package dev.ocij.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Where answers that send us elsewhere are followed to.
class RedirectInterceptorTest {
  private static final HttpUrl FIRST = HttpUrl.get("https://reg.example/v2/a/blobs/x");

  private final List<HttpUrl> asked = new ArrayList<>();

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          https://store.example/x,          https://store.example/x
          /elsewhere,                       https://reg.example/elsewhere
          https://u:secret@store.example/x, https://store.example/x
          //store.example/x,                https://store.example/x
          """)
  void one_is_followed_without_a_user(String location, String target) throws IOException {
    assertThat(ask(FIRST, location)).isEqualTo(200);
    assertThat(asked).containsExactly(FIRST, HttpUrl.get(target));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://reg.example/v2/a/blobs/x",
        "http://store.example/x",
        "http://localhost/x",
        "http://127.0.0.1:8080/x",
        "http://u:secret@store.example/x",
        "file:///etc/passwd",
        "ftp://store.example/x",
        "gopher:x"
      })
  void https_is_left_for_nothing_else(String location) {
    assertThatThrownBy(() -> ask(FIRST, location))
        .isInstanceOf(RefusedAddressException.class)
        .hasMessageContaining("redirect to ")
        .hasMessageContaining("refused: ")
        .hasMessageNotContaining("secret");
    assertThat(asked).containsExactly(FIRST);
  }

  @Test
  void a_circle_ends() {
    assertThatThrownBy(() -> ask(FIRST, FIRST.toString()))
        .isInstanceOf(RefusedAddressException.class)
        .hasMessage("redirected more than 10 times");
    assertThat(asked).hasSize(11);
  }

  private int ask(HttpUrl first, String location) throws IOException {
    var http =
        new OkHttpClient.Builder()
            .addInterceptor(new RedirectInterceptor())
            .addInterceptor(chain -> answer(chain, first, location))
            .build();
    try (var response = http.newCall(new Request.Builder().url(first).build()).execute()) {
      return response.code();
    }
  }

  /// No server is asked: only the first URL sends elsewhere.
  private Response answer(Interceptor.Chain chain, HttpUrl first, String location) {
    var request = chain.request();
    asked.add(request.url());
    var answer = new Response.Builder().request(request).protocol(Protocol.HTTP_1_1).message("");
    return request.url().equals(first)
        ? answer.code(307).header("Location", location).build()
        : answer.code(200).build();
  }
}
