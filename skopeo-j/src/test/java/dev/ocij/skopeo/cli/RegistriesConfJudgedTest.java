package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.DockerRegistry;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// registries.conf means to skopeo-j what it means to skopeo.
@Tag("tool")
class RegistriesConfJudgedTest {
  @AutoClose private static DockerRegistry registry;
  private static StartImages start;
  @TempDir private static Path shared;
  @TempDir private Path folder;

  @BeforeAll
  static void a_registry_with_an_image() {
    registry = DockerRegistry.open();
    start = StartImages.in(shared);
    SkopeoLine.copy(start.oci(StartImages.SINGLE), "docker://" + registry.host() + "/mirror/app:t")
        .succeeded();
  }

  /// HOST is the registry, GONE none; `;` ends a line of the file.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [[registry]]; location="HOST"; blocked=true              | inspect -n docker://HOST/mirror/app:t
          [[registry]]; location="HOST"; blocked=true              | list-tags docker://HOST/mirror/app
          [[registry]]; location="HOST"; blocked=true              | delete docker://HOST/mirror/app:none
          [[registry]]; location="HOST"; blocked=true              | --insecure-policy copy -q IMAGE docker://HOST/new/a:t
          [[registry]]; location="HOST/mirror"; blocked=true       | inspect -n --tls-verify=false docker://HOST/mirror/app:t
          [[registry]]; location="HOST"; insecure=true             | inspect -n docker://HOST/mirror/app:t
          [[registry]]; location="HOST"; insecure=true             | list-tags docker://HOST/mirror/app
          [[registry]]; location="HOST"; insecure=true             | inspect -n --tls-verify=true docker://HOST/mirror/app:t
          [[registry]]; location="HOST"; insecure=true             | --insecure-policy copy -q IMAGE docker://HOST/new/a:t
          [[registry]]; prefix="x.test/team"; location="HOST/mirror"; insecure=true | inspect -n docker://x.test/team/app:t
          [[registry]]; prefix="x.test/team"; location="HOST/mirror"; insecure=true | inspect -n docker://x.test/team/app:none
          [[registry]]; prefix="*.x.test"; location="HOST"; insecure=true | inspect -n docker://a.x.test/mirror/app:t
          [[registry]]; location="GONE"; [[registry.mirror]]; location="HOST"; insecure=true | inspect -n docker://GONE/mirror/app:t
          [[registry]]; location="GONE"; [[registry.mirror]]; location="HOST"; insecure=true | inspect -n docker://GONE/mirror/none:t
          [[registry]]; location="GONE"; [[registry.mirror]]; location="HOST"; insecure=true | list-tags docker://GONE/mirror/app
          [[registry]]; location="GONE"; mirror-by-digest-only=true; [[registry.mirror]]; location="HOST"; insecure=true | inspect -n docker://GONE/mirror/app:t
          [[registry]]; location="HOST"; insecure=true; [[registry.mirror]]; location="GONE" | inspect docker://HOST/mirror/app:t
          [registries.insecure]; registries=["HOST"]               | inspect -n docker://HOST/mirror/app:t
          [registries.block]; registries=["HOST"]                  | inspect -n --tls-verify=false docker://HOST/mirror/app:t
          [[registry]]; blocked=true                               | inspect -n --tls-verify=false docker://HOST/mirror/app:t
          [[registry]]; prefix="a.test"                            | inspect -n --tls-verify=false docker://HOST/mirror/app:t
          nonsense                                                 | inspect -n --tls-verify=false docker://HOST/mirror/app:t
          """)
  void a_line_ends_as_with_skopeo(String conf, String line) throws IOException {
    var file = Files.writeString(folder.resolve("r.conf"), resolved(conf).replace("; ", "\n"));
    var words =
        Stream.concat(Stream.of("--registries-conf=" + file), Stream.of(resolved(line).split(" ")))
            .toArray(String[]::new);
    var theirs = answer(Tool.required("skopeo").run(words));
    var ours = answer(SkopeoLine.run(words));
    assertThat(ours.isAlike(theirs)).as("skopeo: %s; skopeo-j: %s", theirs, ours).isTrue();
    assertThat(ours.stderr().contains("is blocked in"))
        .isEqualTo(theirs.stderr().contains("is blocked in"));
  }

  @Test
  void a_variable_names_the_file_too() throws IOException {
    var conf = "[[registry]]\nlocation='%s'\ninsecure=true".formatted(registry.host());
    var file = Files.writeString(folder.resolve("r.conf"), conf);
    SkopeoLine.with("inspect", "-n", "docker://" + registry.host() + "/mirror/app:t")
        .with(Map.of("CONTAINERS_REGISTRIES_CONF", file.toString()))
        .outcome()
        .succeeded();
  }

  private static Side.Answer answer(Outcome outcome) {
    return new Side.Answer(outcome.status(), outcome.stdout(), outcome.stderr());
  }

  private static String resolved(String text) {
    return text.replace("HOST", registry.host())
        .replace("GONE", "127.0.0.1:1")
        .replace("IMAGE", start.oci(StartImages.SINGLE));
  }
}
