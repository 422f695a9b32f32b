package dev.ocij.transport.registry.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.config.Environment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where credentials are found, and which of several count.
class CredentialsTest {
  @TempDir private Path home;
  private final Map<String, String> variables = new HashMap<>();

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          host.example,      a/b,   host
          host.example,      team/x, team
          host.example,      team/app, app
          host.example,      team/app/deep, app
          host.example,      teammate/x, host
          host.example:5000, a/b,   port
          other.example,     a/b,   url
          docker.io,         library/x, hub
          nobody.example,    a/b,   ''
          evilhost.example,  a/b,   ''
          evil.host.example, team/x, ''
          host.example.evil.test, team/x, ''
          example,           a/b,   ''
          host.example:5001, a/b,   ''
          host.example,      teamwork, host
          host.example,      x/team/app, host
          """)
  void the_longest_key_that_leads_to_the_repository_counts(
      String registry, String path, String user) throws IOException {
    write(
        ".config/containers/auth.json",
        "host.example",
        "host",
        "host.example/team",
        "team",
        "host.example/team/app",
        "app",
        "host.example:5000",
        "port",
        "https://other.example/v2/",
        "url",
        "https://index.docker.io/v1/",
        "hub");
    assertThat(found(registry, path)).isEqualTo(user);
  }

  @Test
  void the_first_file_that_knows_the_registry_counts() throws IOException {
    write(".docker/config.json", "host.example", "docker", "docker.example", "docker");
    write(".config/containers/auth.json", "host.example", "user");
    Files.writeString(
        home.resolve(".dockercfg"), "{%s}".formatted(entry("legacy.example", "legacy")));
    assertThat(found("host.example", "a")).isEqualTo("user");
    assertThat(found("docker.example", "a")).isEqualTo("docker");
    assertThat(found("legacy.example", "a")).isEqualTo("legacy");
    write("run/containers/0/auth.json", "host.example", "runtime");
    assertThat(found("host.example", "a")).isEqualTo("runtime");
    variables.put("XDG_RUNTIME_DIR", home.resolve("xdg").toString());
    assertThat(found("host.example", "a")).isEqualTo("user");
    write("xdg/containers/auth.json", "host.example", "xdg");
    assertThat(found("host.example", "a")).isEqualTo("xdg");
    write("other/config.json", "docker.example", "elsewhere");
    variables.put("DOCKER_CONFIG", home.resolve("other").toString());
    assertThat(found("docker.example", "a")).isEqualTo("elsewhere");
  }

  /// A link that leads in circles is as closed to root as a folder of root's is to others.
  @Test
  void a_usual_file_that_cannot_be_looked_for_is_left_out() throws IOException {
    var closed = Files.createSymbolicLink(home.resolve("closed"), Path.of("closed"));
    variables.put("XDG_RUNTIME_DIR", closed.toString());
    write(".docker/config.json", "host.example", "docker");
    assertThat(found("host.example", "a")).isEqualTo("docker");
    variables.put("REGISTRY_AUTH_FILE", closed.resolve("auth.json").toString());
    assertThatThrownBy(() -> found("host.example", "a"))
        .hasMessageStartingWith("read " + closed + "/auth.json: ");
  }

  @Test
  void a_file_that_was_named_is_the_only_one() throws IOException {
    write(".config/containers/auth.json", "host.example", "user");
    write("named.json", "named.example", "named");
    variables.put("REGISTRY_AUTH_FILE", home.resolve("named.json").toString());
    assertThat(found("named.example", "a")).isEqualTo("named");
    assertThat(found("host.example", "a")).isEmpty();
  }

  private String found(String registry, String path) {
    var environment = new Environment(variables, home, home, "0");
    return switch (Credentials.of(null, environment).find(registry, path)) {
      case Credential.Password(var user, _) -> user;
      case Credential.Anonymous _ -> "";
      case Credential other -> other.toString();
    };
  }

  /// Writes an entry for each pair of a key and a user.
  private void write(String file, String... entries) throws IOException {
    var text = new StringBuilder();
    for (int i = 0; i < entries.length; i += 2) {
      text.append(i == 0 ? "" : ",").append(entry(entries[i], entries[i + 1]));
    }
    Files.createDirectories(home.resolve(file).getParent());
    Files.writeString(home.resolve(file), "{\"auths\":{%s}}".formatted(text));
  }

  private static String entry(String key, String user) {
    var pair = (user + ":secret").getBytes(StandardCharsets.UTF_8);
    return "\"%s\":{\"auth\":\"%s\"}".formatted(key, Base64.getEncoder().encodeToString(pair));
  }
}
