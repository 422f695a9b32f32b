package dev.ocij.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.name.Reference;
import dev.ocij.spec.OciException;
import dev.ocij.trust.Scopes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistriesDTest {
  private static final String IMAGE = "registry.example/team/app:1";
  @TempDir private Path root;
  private Path system;
  private Environment environment;

  @BeforeEach
  void folders() throws IOException {
    system = Files.createDirectories(root.resolve("etc/containers/registries.d"));
    environment = new Environment(Map.of(), root.resolve("home"), root, "1000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          registry.example/team/app:1 | file:///a | file:///b | true
          registry.example/team/app:2 | https://two.example/x | https://two.example/x | true
          registry.example/team/other:1 | file:///old | file:///old-staging | false
          registry.example/else:1 | http://general.example | file:///general | true
          elsewhere.example/a:1 | http://general.example | file:///general | true
          """)
  void the_most_specific_scope_that_says_something_counts(
      String image, String read, String written, boolean attachments) throws IOException {
    write(
        "one.yaml",
        """
        default-docker:
          lookaside: http://general.example/
          lookaside-staging: file:///general
        docker:
          registry.example/team:
            sigstore: file:///old
            sigstore-staging: file:///old-staging
            use-sigstore-attachments: false
        """);
    write(
        "two.yaml",
        """
        docker:
          registry.example/team/app:
            lookaside: https://two.example/x
            lookaside-staging: https://two.example/x
            use-sigstore-attachments: true
            whatever: 1
          registry.example/team/app:1:
            lookaside: file:///a
            lookaside-staging: file:///b
          registry.example:
            use-sigstore-attachments: true
        """);
    write("three.conf", "not: [yaml");
    var said = RegistriesD.read(environment);
    var scopes = Scopes.of(Reference.parse(image));
    assertThat(said.lookaside(scopes)).hasToString(read);
    assertThat(said.staging(scopes)).hasToString(written);
    assertThat(said.attachments(scopes)).isEqualTo(attachments);
  }

  @Test
  void the_users_directory_hides_the_systems_and_one_that_is_named_hides_both() throws IOException {
    write("a.yaml", "default-docker: {lookaside: 'file:///system'}");
    assertThat(lookaside(environment)).isEqualTo("file:///system");
    var user = Files.createDirectories(environment.userConfig().resolve("containers/registries.d"));
    assertThat(lookaside(environment))
        .isEqualTo("file://" + root + "/home/.local/share/containers/sigstore");
    Files.writeString(user.resolve("a.yaml"), "default-docker: {lookaside: 'file:///user'}");
    assertThat(lookaside(environment)).isEqualTo("file:///user");
    assertThat(lookaside(environment.withRegistriesD(system))).isEqualTo("file:///system");
  }

  @Test
  void root_has_a_place_of_its_own() {
    var asRoot = new Environment(Map.of(), root, root, "0");
    assertThat(lookaside(asRoot)).isEqualTo("file://" + root + "/var/lib/containers/sigstore");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          docker: {registry.example: {lookaside: 'file:///b'}} | "registry.example" defined both in
          default-docker: {}        | "default-docker" defined both in
          docker: []                | other.yaml
          docker: {a: {use-sigstore-attachments: perhaps}} | other.yaml
          docker: {a: {lookaside: 'file:///x', lookaside: 'file:///y'}} | other.yaml
          docker: [                 | other.yaml
          """)
  void what_is_said_twice_or_makes_no_sense_is_refused(String yaml, String reason)
      throws IOException {
    write("a.yaml", "default-docker: {}\ndocker: {registry.example: {lookaside: 'file:///a'}}");
    write("other.yaml", yaml);
    assertThatThrownBy(() -> RegistriesD.read(environment))
        .isInstanceOf(OciException.class)
        .hasMessageStartingWith("Error parsing signature storage configuration: ")
        .hasMessageContaining(reason);
  }

  @Test
  void a_place_without_a_scheme_is_refused() throws IOException {
    write("a.yaml", "default-docker: {lookaside: /var/signatures}");
    assertThatThrownBy(() -> lookaside(environment)).hasMessageContaining("begin it with file:");
  }

  private static String lookaside(Environment environment) {
    return RegistriesD.read(environment).lookaside(Scopes.of(Reference.parse(IMAGE))).toString();
  }

  private void write(String name, String yaml) throws IOException {
    Files.writeString(system.resolve(name), yaml);
  }
}
