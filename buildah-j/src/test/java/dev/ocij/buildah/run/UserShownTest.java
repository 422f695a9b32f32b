package dev.ocij.buildah.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What is shown of containers of a user with subordinate ids.
@Tag("distribution")
@Tag("namespace")
class UserShownTest extends ShownContract {
  @RegisterExtension static final ContainerUser USER = new ContainerUser.WithSubordinateIds();

  @Override
  ContainerUser user() {
    return USER;
  }

  /// Also where the command is root in a user namespace, whose home is another.
  @Test
  void credentials_are_those_of_the_user_s_home() {
    podman("create", "--name", "c", store().image(), "true").succeeded();
    var line = String.join(" ", store().line("run", "--rm", "localhost:1/a/b", "true"));
    var said =
        as("sh", "-c", "d=$HOME/.config/containers; mkdir -p $d; echo '{' >$d/auth.json; " + line);
    as("sh", "-c", "rm -r $HOME/.config/containers").succeeded();
    assertThat(said.stderr())
        .containsPattern("/.config/containers/auth.json")
        .doesNotContain("/root/");
  }
}
