package dev.ocij.buildah.podman;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.DockerRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretCommandsTest {
  @TempDir private Path folder;
  private InProcess podman;

  @BeforeEach
  void prepare() {
    podman = new InProcess(folder);
  }

  @Test
  void a_secret_is_kept_for_its_owner_alone_and_its_content_is_not_told() throws IOException {
    var id = create("one", "s3cret", "-l", "a=b");
    assertThat(id).matches("[0-9a-f]{25}");
    assertThat(podman.output("secret", "ls"))
        .matches(
            "ID +NAME +DRIVER +CREATED +UPDATED *\n"
                + id
                + " +one +file +Less than a second ago +Less than a second ago *\n");
    var inspected = podman.output("secret", "inspect", "one");
    assertThat(inspected)
        .contains("\"ID\": \"" + id, "\"Name\": \"one\"", "\"Name\": \"file\"", "\"a\": \"b\"")
        .doesNotContain("s3cret");
    try (var files = Files.walk(podman.store().resolve("secrets").resolve(id))) {
      assertThat(files)
          .filteredOn(Files::isDirectory)
          .allSatisfy(each ->
              assertThat(Files.getPosixFilePermissions(each))
                  .isEqualTo(PosixFilePermissions.fromString("rwx------")));
    }
  }

  @Test
  void names_are_taken_replaced_and_free_again() throws IOException {
    var first = create("one", "x");
    assertThat(podman.run("secret", "create", "one", file("y")).stderr())
        .isEqualTo("Error: one: secret name in use\n");
    var second = create("one", "y", "--replace");
    assertThat(podman.output("secret", "ls", "-q")).isEqualTo(second + "\n").isNotEqualTo(first);
    var other = create("two", "z");
    assertThat(podman.output("secret", "ls", "--format", "{{.Name}}", "--filter", "name=two"))
        .isEqualTo("two\n");
    assertThat(podman.output("secret", "rm", other.substring(0, 12))).isEqualTo(other + "\n");
    assertThat(podman.run("secret", "exists", "two").status()).isEqualTo(1);
    assertThat(podman.run("secret", "exists", "one").status()).isZero();
    assertThat(podman.output("secret", "rm", "--all")).isEqualTo(second + "\n");
    assertThat(podman.output("secret", "ls", "-n")).isEmpty();
  }

  @Test
  void it_is_shown_to_be_read() throws IOException {
    var id = create("one", "x", "-l", "a=b", "-l", "c", "--driver-opts", "k=v");
    assertThat(podman.output("secret", "inspect", "--pretty", "one"))
        .matches(
            """
            ID:              %s
            Name:              one
            Labels:
             - a=b
             - c
            Driver:            file
            Created at:        \\S+
            Updated at:        \\S+
            """
                .formatted(id));
  }

  @Test
  @Tag("tool")
  void it_may_be_the_password_of_a_registry() throws IOException {
    try (var registry = DockerRegistry.setup().password("ada", "secret").open()) {
      create("ada", "secret");
      create("wrong", "other");
      var authfile = "--authfile=" + folder.resolve("auth.json");
      var login = new String[] {"login", "--tls-verify=false", authfile, "", registry.host()};
      login[3] = "--secret=wrong";
      assertThat(podman.run(login).status()).isEqualTo(125);
      login[3] = "--secret=ada";
      assertThat(podman.output(login)).isEqualTo("Login Succeeded!\n");
      assertThat(podman.output("login", "--get-login", authfile, registry.host()))
          .isEqualTo("ada\n");
      login[3] = "--secret=none";
      assertThat(podman.run(login).stderr()).contains("no secret with name or id \"none\"");
    }
  }

  @Test
  @Tag("tool")
  void a_login_may_be_kept_in_the_file_of_docker_which_is_told() throws IOException {
    try (var registry = DockerRegistry.setup().password("ada", "secret").open()) {
      create("ada", "secret");
      var file = folder.resolve("config.json");
      var kept = "--compat-auth-file=" + file;
      assertThat(
              podman.output(
                  "login",
                  "--tls-verify=false",
                  kept,
                  "--verbose",
                  "--secret=ada",
                  registry.host()))
          .isEqualTo("Used:  %s\nLogin Succeeded!\n".formatted(file));
      assertThat(Files.readString(file)).contains(registry.host());
      assertThat(podman.output("logout", kept, registry.host()))
          .isEqualTo("Removed login credentials for %s\n".formatted(registry.host()));
      assertThat(Files.readString(file)).doesNotContain(registry.host());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          secret rm nosuch            | 125 | Error: no secret with name or id "nosuch": no such secret
          secret rm -i nosuch         |   0 |
          secret rm                   | 125 | Error: choose at least one secret, or all by --all, but not both
          secret exists nosuch        |   1 |
          secret inspect nosuch       | 125 | Error: inspecting secret: no secret with name or id "nosuch": no such secret
          secret ls -f foo=v          | 125 | Error: invalid filter "foo"
          secret create a/b /dev/null | 125 | Error: only 64 [a-zA-Z0-9-_.] characters allowed, and the start and end character must be [a-zA-Z0-9]: a/b: invalid secret name
          secret create a /dev/null   | 125 | Error: secret data must be larger than 0 and less than 512000 bytes
          secret create -d pass a x   | 125 | Error: secret create --driver "pass" is not implemented yet; leave it out
          login --secret a -p b host  | 125 | Error: --secret can not be used with --password or --password-stdin
          secret create --env a NO_SUCH_VARIABLE | 125 | Error: cannot create store secret data: environment variable "NO_SUCH_VARIABLE" is not set
          run --secret nosuch x       | 125 | Error: no secret with name or id "nosuch": no such secret
          """)
  void what_cannot_be_is_told(String line, int status, String error) {
    var outcome = podman.run(line.split(" "));
    assertThat(outcome.stderr().lines().findFirst().orElse(null)).isEqualTo(error);
    assertThat(outcome.status()).isEqualTo(status);
  }

  private String create(String name, String content, String... options) throws IOException {
    var line = new ArrayList<>(List.of("secret", "create"));
    line.addAll(List.of(options));
    line.addAll(List.of(name, file(content)));
    return podman.output(line.toArray(String[]::new)).strip();
  }

  private String file(String content) throws IOException {
    return Files.writeString(folder.resolve("content"), content).toString();
  }
}
