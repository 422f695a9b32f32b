package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.DockerRegistry;
import dev.ocij.testing.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A registry that asks for a password, which a program keeps.
@Tag("tool")
class CredentialHelperTest {
  @TempDir private Path home;
  private final Map<String, String> variables = new HashMap<>();
  @AutoClose private DockerRegistry registry;

  @BeforeEach
  void a_registry_and_a_helper() throws IOException {
    registry = DockerRegistry.setup().password("ada", "secret").open();
    var helper = home.resolve("docker-credential-vault");
    Files.writeString(
        helper,
        """
        #!/bin/sh
        read host
        echo "$1 $host" >> %s
        case $host in
          %s) echo '{"ServerURL":"","Username":"ada","Secret":"secret"}' ;;
          *) echo credentials not found in native keychain; exit 1 ;;
        esac
        """
            .formatted(home.resolve("log"), registry.host()));
    helper.toFile().setExecutable(true);
    variables.put("PATH", home + ":" + System.getenv("PATH"));
    variables.put("REGISTRY_AUTH_FILE", home.resolve("auth.json").toString());
  }

  @Test
  void of_one_registry() throws IOException {
    auth("{\"credHelpers\":{\"%s\":\"vault\"}}".formatted(registry.host()));
    listed();
    auth("{\"credHelpers\":{\"other.example\":\"vault\"}}");
    assertThat(tags().failed().stderr()).contains("unauthorized");
  }

  @Test
  void of_all_registries() throws IOException {
    auth("{\"credsStore\":\"vault\"}");
    listed();
  }

  @Test
  void that_registries_conf_names() throws IOException {
    auth("{}");
    var conf = home.resolve("registries.conf");
    Files.writeString(conf, "credential-helpers = [\"containers-auth.json\", \"vault\"]\n");
    variables.put("CONTAINERS_REGISTRIES_CONF", conf.toString());
    listed();
  }

  @Test
  void that_is_missing_is_told() throws IOException {
    auth("{\"credsStore\":\"nowhere\"}");
    assertThat(tags().failed().stderr())
        // A folder of PATH that may not be searched is another reason.
        .containsPattern(
            "ask docker-credential-nowhere: it cannot be started: "
                + "(no such file or directory|permission denied); is it installed[?]");
  }

  /// The empty registry answers that it has no such repository, to those it knows.
  private void listed() throws IOException {
    assertThat(tags().failed().stderr()).contains("repository name not known to registry");
    assertThat(Files.readString(home.resolve("log"))).contains("get " + registry.host());
  }

  private Outcome tags() {
    return SkopeoLine.with(
            "list-tags", "--tls-verify=false", "docker://%s/a/b".formatted(registry.host()))
        .with(variables)
        .outcome();
  }

  private void auth(String content) throws IOException {
    Files.writeString(home.resolve("auth.json"), content);
  }
}
