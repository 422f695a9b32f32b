package dev.ocij.buildah.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Containers of a user with subordinate ids in the namespaces of others.
@Tag("distribution")
@Tag("namespace")
class UserNamespaceSharingTest extends NamespaceContract {
  @RegisterExtension static final ContainerUser USER = new ContainerUser.WithSubordinateIds();

  @Override
  ContainerUser user() {
    return USER;
  }

  @Test
  void nobody_is_in_the_user_namespaces_of_two_commands() {
    for (var name : List.of("one", "two")) {
      podman("run", "-d", "--name", name, store().image(), "sleep", "100").succeeded();
    }
    var refused =
        podman(
            "run",
            "--name=c",
            "--pid=container:one",
            "--ipc=container:two",
            store().image(),
            "true");
    assertThat(refused.status()).isEqualTo(125);
    assertThat(refused.stderr())
        .containsPattern("container c: containers \\w+ and \\w+ are in user namespaces of two");
  }
}
