package dev.ocij.buildah.context;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GitAccessTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GIT_AUTH_HEADER=Bearer t                    | https://h/a.git   | http.https://h/.extraHeader=Authorization: Bearer t
          GIT_AUTH_TOKEN=t                            | https://h:8/a.git | http.https://h:8/.extraHeader=Authorization: basic eC1hY2Nlc3MtdG9rZW46dA==
          GIT_AUTH_TOKEN=t,GIT_AUTH_HEADER=u          | http://h/a.git    | http.http://h/.extraHeader=Authorization: u
          GIT_AUTH_HEADER=u,GIT_AUTH_HEADER.h=v       | https://h/a.git   | http.https://h/.extraHeader=Authorization: v
          GIT_AUTH_HEADER.other=u                     | https://h/a.git   |
          GIT_AUTH_HEADER=u                           | https://me@h/a.git |
          GIT_AUTH_HEADER=u                           | https://me:p%20w@h/a.git | http.https://h/.extraHeader=Authorization: Basic bWU6cCB3
          GIT_AUTH_HEADER=u                           | https://token:@h/a.git | http.https://h/.extraHeader=Authorization: Basic dG9rZW46
          GIT_AUTH_HEADER=u                           | ssh://h/a.git     |
          OTHER=u                                     | https://h/a.git   |
          """)
  void a_secret_is_for_its_server(String secrets, String remote, String setting) {
    var contents = new LinkedHashMap<String, byte[]>();
    for (var secret : secrets.split(",")) {
      var pair = secret.split("=", 2);
      contents.put(pair[0], pair[1].getBytes(UTF_8));
    }
    var settings = new GitAccess(true, contents).settings(GitLogin.of(remote)).toString();
    assertThat(settings).isEqualTo("{%s}".formatted(Objects.requireNonNullElse(setting, "")));
  }

  @Test
  void a_bad_certificate_is_taken_where_that_is_asked_for() {
    assertThat(new GitAccess(false, Map.of()).settings(GitLogin.of("https://h/a.git")))
        .containsExactly(Map.entry("http.sslVerify", "false"));
  }
}
