package dev.ocij.buildah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Tool;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Debian's buildah as the judge of which options there are: a script that says one of them is not
/// told that it is unknown.
@Tag("tool")
class KnownFlagsTest {
  private static final Pattern FLAG = Pattern.compile("(?m)^ +(?:-., )?(--[a-z][a-z0-9-]*)");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "add",
        "build",
        "commit",
        "config",
        "containers",
        "copy",
        "from",
        "images",
        "info",
        "inspect",
        "login",
        "logout",
        "manifest add",
        "manifest annotate",
        "manifest create",
        "manifest inspect",
        "manifest push",
        "manifest remove",
        "manifest rm",
        "mount",
        "pull",
        "push",
        "rename",
        "rm",
        "rmi",
        "run",
        "tag",
        "umount",
        "unshare",
        "version"
      })
  void all_options_of_a_command_are_known(String command) {
    var line = (command + " --help").split(" ");
    var ours = flags(new InProcess(folder.resolve("store")).output(line));
    assertThat(ours).containsAll(flags(Tool.required("buildah").output(line)));
  }

  private static Set<String> flags(String help) {
    var flags = new TreeSet<String>();
    FLAG.matcher(help).results().forEach(found -> flags.add(found.group(1)));
    flags.removeAll(List.of("--help", "--debug")); // of all commands here, and not in each help
    return flags;
  }
}
