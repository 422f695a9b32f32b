package dev.ocij.transport.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.http.RefusedAddressException;
import java.io.IOException;
import okhttp3.HttpUrl;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NextPageTest {
  private static final String PAGE = "https://reg.example/v2/a/tags/list?n=2";

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      textBlock =
          """
          </v2/a/tags/list?last=b&n=2>; rel="next"                ! /v2/a/tags/list?last=b&n=2
          <https://reg.example/v2/a/tags/list?last=b>; rel=next   ! /v2/a/tags/list?last=b
          <https://reg.example:443/x>;rel="next"                  ! /x
          <?last=b>; rel="next"                                   ! /v2/a/tags/list?last=b
          <list2>; REL = "Next"                                   ! /v2/a/tags/list2
          </x>; title="a, b"; rel="next"                          ! /x
          </p>; rel="prev", </x>; rel="next"                      ! /x
          </p>; rel="prev",</y>;rel="last", </x>;rel="up next"    ! /x
          </v2/a/tags/list?last=a,b>; rel="next"                  ! /v2/a/tags/list?last=a,b
          """)
  void is_found(String header, String target) throws IOException {
    var next = NextPage.of(response(header)).orElseThrow();
    assertThat(next).isEqualTo(HttpUrl.get("https://reg.example" + target));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "next",
        "</x>",
        "</x>; rel=\"prev\"",
        "</x>; rel=\"nextish\"",
        "</x>; title=\"rel=next\"",
        "</x>; rel=\"prev\"; rel=\"next\"",
        "</x; rel=\"next\"",
        "rel=\"next\""
      })
  void is_the_last(String header) throws IOException {
    assertThat(NextPage.of(response(header))).isEmpty();
  }

  @Test
  void may_stand_in_a_second_header() throws IOException {
    var two = response("</p>; rel=\"prev\"", "</x>; rel=\"next\"");
    assertThat(NextPage.of(two)).contains(HttpUrl.get("https://reg.example/x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://reg.example/x",
        "https://reg.example:8443/x",
        "https://other.example/x",
        "//other.example/x",
        "https://reg.example@other.example/x",
        "file:///etc/passwd"
      })
  void is_on_the_same_origin(String target) {
    assertThatThrownBy(() -> NextPage.of(response("<%s>; rel=\"next\"".formatted(target))))
        .isInstanceOf(RefusedAddressException.class)
        .hasMessageContaining("reg.example");
  }

  @ParameterizedTest
  @Timeout(5)
  @ValueSource(strings = {"<", "<>;", "<a>;;rel=", "\"", "<a>; rel=\"", "<a>,", "; rel = "})
  void of_a_hostile_header_is_found_in_one_pass(String part) throws IOException {
    assertThat(NextPage.of(response(part.repeat(200_000 / part.length())))).isEmpty();
  }

  private static Response response(String... links) {
    var response =
        new Response.Builder()
            .request(new Request.Builder().url(PAGE).build())
            .protocol(Protocol.HTTP_1_1)
            .code(200)
            .message("");
    for (var link : links) {
      response.addHeader("Link", link);
    }
    return response.build();
  }
}
