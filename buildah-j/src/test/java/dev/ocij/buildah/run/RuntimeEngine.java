package dev.ocij.buildah.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Launcher;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Run;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Runs a command of an OCI runtime.
interface RuntimeEngine {
  Outcome after(List<String> prefix, String... args);

  default Outcome run(String... args) {
    return after(List.of(), args);
  }

  /// A container holds the streams that it was made with; a test would wait for their end.
  default Outcome quietly(String... args) {
    return after(List.of("sh", "-c", "exec \"$@\" >/dev/null 2>&1", "sh"), args);
  }

  /// Ours, with its containers in a folder.
  static RuntimeEngine ours(Path folder) {
    return (prefix, args) -> {
      var line = new ArrayList<>(prefix);
      line.addAll(List.of(program(), "runtime", "--root"));
      line.add(folder.resolve("state").toString());
      line.addAll(List.of(args));
      return Run.of(line).outcome();
    };
  }

  /// The one that judges.
  static RuntimeEngine crun(Path folder) throws IOException {
    var crun = crunProgram(folder);
    return (prefix, args) -> {
      var line = new ArrayList<>(prefix);
      line.addAll(List.of(crun, "--root", folder.resolve("theirs").toString()));
      line.addAll(List.of(args));
      return Run.of(line).outcome();
    };
  }

  static String program() {
    return Launcher.PODMAN_J.distribution().resolve("bin/podman-j").toString();
  }

  /// crun refuses a machine with control groups of both versions; so it does not see the second.
  static String crunProgram(Path folder) throws IOException {
    var crun = Tool.required("crun").program();
    return script(
            folder,
            "unshare -m sh -c 'umount /sys/fs/cgroup/unified 2>/dev/null; exec %s \"$@\"' crun"
                .formatted(crun))
        .toString();
  }

  static Path script(Path folder, String command) throws IOException {
    var file = Files.createTempFile(folder, "runtime", "");
    Files.writeString(file, "#!/bin/sh\nexec %s \"$@\"\n".formatted(command));
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  static String newName() {
    return "ocij-test-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
  }
}
