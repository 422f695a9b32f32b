package dev.ocij.buildah.podman;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Tool;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Debian's podman as the judge of which options there are. Those that we do not have are named
/// here: one that comes to be known leaves the list.
@Tag("tool")
class KnownOptionsTest {
  private static final Pattern OPTION =
      Pattern.compile("(?m)^ +(?:-., )?(--[a-z][a-z0-9-]*)((?:, --[a-z0-9-]+)*)");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          attach              |
          build               |
          commit              |
          container prune     |
          cp                  |
          create              |
          diff                |
          exec                |
          export              |
          healthcheck run     |
          history             |
          image prune         |
          image tree          |
          images              |
          import              |
          info                |
          inspect             |
          kill                |
          kube down           |
          kube play           |
          load                |
          login               |
          logout              |
          logs                |
          pause               |
          play kube           |
          pod create          | --blkio-weight --blkio-weight-device --cgroup-parent --device --device-read-bps --device-write-bps --ip --ip6 --mac-address --network-alias --pid --shm-size --subgidname --subuidname --sysctl --uts --volumes-from
          pod inspect         |
          pod kill            |
          pod logs            |
          pod pause           |
          pod prune           |
          pod ps              |
          pod restart         |
          pod rm              |
          pod start           |
          pod stats           |
          pod stop            |
          pod top             |
          pod unpause         |
          port                |
          ps                  |
          pull                |
          push                |
          restart             |
          rm                  |
          rmi                 |
          run                 |
          save                |
          secret create       |
          secret inspect      |
          secret ls           |
          secret rm           |
          start               |
          stats               |
          stop                |
          system df           |
          system prune        |
          tag                 |
          top                 |
          unpause             |
          unshare             | --rootless-netns
          untag               |
          version             |
          volume create       |
          volume inspect      |
          volume ls           |
          volume prune        |
          volume rm           |
          wait                |
          """)
  void all_options_of_a_command_are_known_but_these(String command, @Nullable String missing) {
    var line = (command + " --help").split(" ");
    var ours = options(new InProcess(folder).output(line));
    var theirs = options(Tool.required("podman").run(line).succeeded().stdout());
    theirs.removeAll(ours);
    assertThat(theirs).containsExactlyInAnyOrderElementsOf(words(missing));
  }

  private static List<String> words(@Nullable String text) {
    return text == null ? List.of() : List.of(text.split(" "));
  }

  private static Set<String> options(String help) {
    var options = new TreeSet<String>();
    OPTION
        .matcher(help)
        .results()
        .forEach(found -> {
          options.add(found.group(1));
          options.addAll(List.of(found.group(2).split(", ")));
        });
    options.removeAll(List.of("", "--help"));
    return options;
  }
}
