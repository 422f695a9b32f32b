package dev.ocij.buildah.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Busybox;
import dev.ocij.testing.Launcher;
import dev.ocij.testing.OrdinaryUser;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Run;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// A folder with the programs, a base (`oci:base:base`), a store, and a crun that notes its starts.
///
/// @param runs a line there, as its owner
record RuntimeHome(Path path, Function<List<String>, Outcome> runs) {
  /// An option that this crun does well without.
  static final String FLAG = "--runtime-flag=cgroup-manager=disabled";

  static RuntimeHome of(Path folder) throws IOException {
    prepare(folder);
    return new RuntimeHome(folder, line -> Run.of(line).in(folder).outcome());
  }

  static RuntimeHome of(OrdinaryUser user) throws IOException {
    prepare(user.home());
    Tool.required("chown").run("-R", user.name() + ":", user.home().toString()).succeeded();
    return new RuntimeHome(user.home(), line -> user.run(line.toArray(String[]::new)));
  }

  /// The same for root who may make no namespaces.
  RuntimeHome bounded() {
    var setpriv = Tool.required("setpriv").program().toString();
    var bounds = List.of(setpriv, "--bounding-set=-sys_admin", "--inh-caps=-sys_admin");
    return new RuntimeHome(
        path, line -> runs.apply(Stream.concat(bounds.stream(), line.stream()).toList()));
  }

  String runtime() {
    return "--runtime=" + path.resolve("crun");
  }

  Outcome buildah(String... arguments) {
    var line = new ArrayList<>(List.of("sh", "dist/bin/buildah-j", "--root", "store"));
    line.addAll(List.of(arguments));
    return runs.apply(line);
  }

  /// The arguments of each start, and what else was asked of the runtime.
  List<String> starts() throws IOException {
    var notes = path.resolve("started");
    return Files.exists(notes) ? Files.readAllLines(notes) : List.of();
  }

  void forgetStarts() throws IOException {
    Files.deleteIfExists(path.resolve("started"));
  }

  private static void prepare(Path folder) throws IOException {
    Tool.required("crun");
    Busybox.required().writeLayout(folder.resolve("base"), "base");
    Tool.required("cp")
        .run("-r", Launcher.BUILDAH_J.distribution().toString(), folder.resolve("dist").toString())
        .succeeded();
    var crun = folder.resolve("crun");
    // crun refuses a machine with control groups of both versions; so it does not see the second.
    Files.writeString(
        crun,
        """
        #!/bin/sh
        echo "$@" >>%s
        exec unshare -m sh -c '
          test ! -e /sys/fs/cgroup/unified || mount -t tmpfs none /sys/fs/cgroup/unified
          exec crun "$@"' crun "$@"
        """
            .formatted(folder.resolve("started")));
    assertThat(crun.toFile().setExecutable(true, false)).isTrue();
  }
}
