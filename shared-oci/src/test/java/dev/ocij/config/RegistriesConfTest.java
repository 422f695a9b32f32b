package dev.ocij.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.name.Reference;
import dev.ocij.spec.OciException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistriesConfTest {
  private static final String RULES =
      """
      [[registry]]
      prefix = "example.com/team"
      location = "inner.example:5000/t"
      [[registry]]
      location = "example.com"
      [[registry.mirror]]
      location = "near.example/copy"
      insecure = true
      [[registry.mirror]]
      location = "digests.example"
      pull-from-mirror = "digest-only"
      [[registry.mirror]]
      location = "tags.example"
      pull-from-mirror = "tag-only"
      [[registry]]
      prefix = "*.wild.example"
      location = "zoo.example"
      insecure = true
      [[registry]]
      prefix = "*.free.example"
      insecure = true
      [[registry]]
      location = "shy.example"
      mirror-by-digest-only = true
      [[registry.mirror]]
      location = "near.example/shy"
      [[registry]]
      location = "docker.io"
      [[registry.mirror]]
      location = "hub.example:5000/hub"
      """;

  @TempDir private Path root;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          other.example/a:1         | other.example/a:1
          example.com/a:1           | near.example/copy/a:1 insecure, tags.example/a:1, example.com/a:1
          example.com/a@DIGEST      | near.example/copy/a@DIGEST insecure, digests.example/a@DIGEST, example.com/a@DIGEST
          example.com/team/a:1      | inner.example:5000/t/a:1
          example.com/teams:1       | near.example/copy/teams:1 insecure, tags.example/teams:1, example.com/teams:1
          example.com.org/a:1       | example.com.org/a:1
          a.wild.example/b:1        | zoo.example/b:1 insecure
          a.b.wild.example/c:1      | zoo.example/c:1 insecure
          wild.example/c:1          | wild.example/c:1
          host.example/x.wild.example:1 | host.example/x.wild.example:1
          a.free.example/b:1        | a.free.example/b:1 insecure
          shy.example/a:1           | shy.example/a:1
          shy.example/a@DIGEST      | near.example/shy/a@DIGEST, shy.example/a@DIGEST
          alpine                    | hub.example:5000/hub/library/alpine:latest, docker.io/library/alpine:latest
          """)
  void images_are_read_in_the_places_of_the_longest_prefix(String name, String expected)
      throws IOException {
    system(RULES);
    var digest = "sha256:" + "1".repeat(64);
    var places = read().places(Reference.parse(name.replace("DIGEST", digest)));
    assertThat(
            places.stream()
                .map(place -> place.reference() + (place.insecure() ? " insecure" : ""))
                .collect(Collectors.joining(", ")))
        .isEqualTo(expected.replace("DIGEST", digest));
  }

  @Test
  void what_is_blocked_is_neither_read_nor_written() throws IOException {
    system("[[registry]]\nlocation='example.com/bad'\nblocked=true");
    assertThatThrownBy(() -> read().places(Reference.parse("example.com/bad/a:1")))
        .isInstanceOf(OciException.class)
        .hasMessageContaining("registry example.com/bad is blocked in " + root);
    assertThatThrownBy(() -> read().refuseBlocked("example.com/bad"))
        .isInstanceOf(OciException.class);
    assertThat(read().places(Reference.parse("example.com/badly:1"))).hasSize(1);
  }

  @Test
  void later_files_say_more_and_replace_what_they_name() throws IOException {
    system("unqualified-search-registries=['one.example']\n[[registry]]\nlocation='a.example'");
    write(
        "etc/containers/registries.conf.d/10.conf",
        "[[registry]]\nlocation='a.example'\ninsecure=true");
    write(
        "etc/containers/registries.conf.d/20.conf",
        "unqualified-search-registries=['two.example']");
    write("etc/containers/registries.conf.d/ignored.txt", "nonsense");
    assertThat(read().isInsecure("a.example/b")).isTrue();
    assertThat(read().candidates("x")).containsExactly("two.example/x");
    write(
        "home/.config/containers/registries.conf",
        "unqualified-search-registries=['mine.example']");
    assertThat(read().candidates("x")).containsExactly("mine.example/x");
    assertThat(read().isInsecure("a.example/b")).isFalse();
    write("home/.config/containers/registries.conf.d/1.conf", "[aliases]\nx='alias.example/y'");
    assertThat(read().candidates("x:1")).containsExactly("alias.example/y:1");
  }

  @Test
  void a_file_that_is_named_replaces_the_main_one() throws IOException {
    system("unqualified-search-registries=['system.example']");
    write("etc/containers/registries.conf.d/10.conf", "[aliases]\ny='alias.example/y'");
    write("named.conf", "unqualified-search-registries=['named.example']");
    var conf = RegistriesConf.read(environment().withRegistriesConf(root.resolve("named.conf")));
    assertThat(conf.candidates("x")).containsExactly("named.example/x");
    assertThat(conf.candidates("y")).containsExactly("alias.example/y");
    var missing = environment().withRegistriesConf(root.resolve("missing.conf"));
    assertThatThrownBy(() -> RegistriesConf.read(missing))
        .hasMessageContaining("no such file or directory");
  }

  @Test
  void a_folder_that_is_named_replaces_what_is_dropped_beside() throws IOException {
    system("unqualified-search-registries=['system.example']");
    write("etc/containers/registries.conf.d/10.conf", "[aliases]\ny='alias.example/y'");
    write("home/.config/containers/registries.conf.d/10.conf", "[aliases]\nz='alias.example/z'");
    write("named/10.conf", "[aliases]\nx='named.example/x'");
    var conf = RegistriesConf.read(environment().withRegistriesConfDir(root.resolve("named")));
    assertThat(conf.candidates("x")).containsExactly("named.example/x");
    assertThat(conf.candidates("y")).containsExactly("system.example/y");
    assertThat(conf.candidates("z")).containsExactly("system.example/z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          short              | alias.example/long/name
          short:1            | alias.example/long/name:1
          short@sha256:11    | alias.example/long/name@sha256:11
          other:1            | one.example/other:1, two.example/other:1
          team/short         | one.example/team/short, two.example/team/short
          gone               | one.example/gone, two.example/gone
          host.example/short | host.example/short
          localhost/short    | localhost/short
          """)
  void short_names_mean_an_alias_or_one_of_the_registries(String typed, String expected)
      throws IOException {
    system(
        """
        unqualified-search-registries = ["one.example", "two.example"]
        [aliases]
        "short" = "alias.example/long/name"
        "gone" = "gone.example/gone"
        """);
    write("etc/containers/registries.conf.d/10.conf", "[aliases]\n'gone' = ''");
    assertThat(String.join(", ", read().candidates(typed))).isEqualTo(expected);
  }

  @Test
  void nothing_configured_means_the_usual() {
    assertThat(read().candidates("alpine")).containsExactly("alpine");
    assertThat(read().places(Reference.parse("alpine"))).hasSize(1);
    assertThat(read().isInsecure("a.example")).isFalse();
  }

  @Test
  void a_choice_that_is_enforced_is_not_made_for_the_user() throws IOException {
    system("short-name-mode='enforcing'\nunqualified-search-registries=['a.example','b.example']");
    assertThatThrownBy(() -> read().candidates("x")).hasMessageContaining("type the full name");
    assertThat(read().candidates("c.example/x")).containsExactly("c.example/x");
  }

  @Test
  void what_a_person_chose_earlier_is_an_alias() throws IOException {
    write("home/.cache/containers/short-name-aliases.conf", "[aliases]\nx='chosen.example/x'");
    assertThat(read().candidates("x")).containsExactly("chosen.example/x");
    write("other.conf", "[aliases]\nx='other.example/x'");
    var other = environment().withShortNameAliases(root.resolve("other.conf"));
    assertThat(RegistriesConf.read(other).candidates("x")).containsExactly("other.example/x");
  }

  @Test
  void version_1_is_read() throws IOException {
    system(
        """
        [registries.search]
        registries = ["s.example"]
        [registries.insecure]
        registries = ["i.example"]
        [registries.block]
        registries = ["b.example"]
        """);
    assertThat(read().candidates("x")).containsExactly("s.example/x");
    assertThat(read().isInsecure("i.example/x")).isTrue();
    assertThatThrownBy(() -> read().refuseBlocked("b.example/x")).isInstanceOf(OciException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[[registry]];blocked=true",
        "[[registry]];prefix='a.example'",
        "[[registry]];location='https://a.example'",
        "[[registry]];location=1",
        "[[registry]];location='a.example';[[registry.mirror]];insecure=true",
        "[[registry]];location='a.example';[[registry.mirror]];location='b';pull-from-mirror='x'",
        "registry='a.example'",
        "short-name-mode='x'",
        "unqualified-search-registries=[1]",
        "unqualified-search-registries=['x'"
      })
  void what_makes_no_sense_is_told_with_the_file(String text) throws IOException {
    system(text.replace(';', '\n'));
    assertThatThrownBy(this::read)
        .isInstanceOf(OciException.class)
        .hasMessageStartingWith("read " + root.resolve("etc/containers/registries.conf: "))
        .hasMessageMatching("[^\\n]+");
  }

  private RegistriesConf read() {
    return RegistriesConf.read(environment());
  }

  private Environment environment() {
    return new Environment(Map.of(), root.resolve("home"), root, "1000");
  }

  private void system(String text) throws IOException {
    write("etc/containers/registries.conf", text);
  }

  private void write(String name, String text) throws IOException {
    var file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
