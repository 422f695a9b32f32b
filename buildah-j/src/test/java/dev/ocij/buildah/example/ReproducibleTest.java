package dev.ocij.buildah.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.spec.Json;
import dev.ocij.testing.Busybox;
import dev.ocij.testing.Launcher;
import dev.ocij.testing.OrdinaryUser;
import dev.ocij.testing.TemporaryFolder;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The same context gives the same digest, compressed layers included, whatever machine, user and
/// settings it meets; its times alone are taken from options.
@Tag("distribution")
@Tag("tool")
class ReproducibleTest {
  private static final List<String> TIMES =
      List.of("--timestamp=1000000000", "--source-date-epoch=1000000000 --rewrite-timestamp");

  private static final Map<String, String> USUAL = new HashMap<>();

  @AutoClose private static TemporaryFolder folder;

  @BeforeAll
  static void prepare() throws IOException {
    folder = TemporaryFolder.create("reproducible");
    Busybox.required().writeLayout(folder.path().resolve("base"), "busybox");
    var tree = Files.createDirectories(folder.path().resolve("context/tree"));
    for (var name : List.of("z", "B", "a", "ı", "_")) {
      Files.writeString(tree.resolve(name), name);
    }
    // Of more than one piece, so that several processors share the compression.
    Files.writeString(tree.resolve("large"), "The same line again and again.\n".repeat(200_000));
    Files.createSymbolicLink(tree.resolve("link"), Path.of("a"));
    Files.createLink(tree.resolve("linked"), tree.resolve("z"));
    write(
        "Copied",
        """
        FROM scratch
        WORKDIR /srv
        COPY tree tree
        COPY --chmod=0755 --chown=5:6 tree/large /deep/folder/
        ENV A=1
        """);
    write(
        "Run",
        """
        FROM oci:base:busybox
        COPY tree /tree
        RUN for n in 3 1 2; do mkdir -p /made/$n; echo $n >/made/$n/file; done; rm /tree/a
        """);
    Tool.required("chmod").run("-R", "a+rX", folder.path().toString()).succeeded();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sleep 1; find context -exec touch -h {} +; BUILD",
        "umask 077; BUILD",
        "umask 000; BUILD",
        "TZ=Pacific/Kiritimati LC_ALL=C LANG=tr_TR.UTF-8 BUILD",
        "JAVA_TOOL_OPTIONS='-Duser.language=tr -Duser.timezone=Asia/Kolkata' BUILD",
        "taskset -c 0 BUILD",
        "mkdir tmp; TMPDIR=$PWD/tmp HOME=/nonexistent BUILD",
        "mkdir other; (cd context; tar cf - $(ls -r tree/* Copied Run)) | tar xf - -C other;"
            + " mv context before; mv other context; BUILD; s=$?; mv context other;"
            + " mv before context; exit $s",
      })
  @Tag("namespace")
  void gives_the_same_digest(String change) throws IOException {
    for (var times : TIMES) {
      assertThat(digest(change, "Copied", times)).isEqualTo(usual("Copied", times));
    }
    assertThat(digest(change, "Run", TIMES.getFirst())).isEqualTo(usual("Run", TIMES.getFirst()));
  }

  @Test
  void gives_an_ordinary_user_the_same_digest() throws IOException {
    try (var user = OrdinaryUser.withoutSubordinateIds()) {
      for (var name : List.of("context", "dist")) {
        var from = name.equals("dist") ? Launcher.BUILDAH_J.distribution() : place(name);
        Tool.required("cp")
            .run("-r", "--preserve=links", from.toString(), user.home().resolve(name).toString())
            .succeeded();
      }
      Tool.required("chown").run("-R", user.name() + ":", user.home().toString()).succeeded();
      for (var times : TIMES) {
        var line = "sh dist/bin/buildah-j " + line("Copied", times);
        user.run("sh", "-c", line).succeeded();
        assertThat(digestIn(user.home())).isEqualTo(usual("Copied", times));
      }
    }
  }

  /// Of the build that nothing is changed for.
  private static String usual(String file, String times) throws IOException {
    var known = USUAL.get(file + times);
    if (known != null) {
      return known;
    }
    var digest = digest("BUILD", file, times);
    USUAL.put(file + times, digest);
    return digest;
  }

  private static String digest(String change, String file, String times) throws IOException {
    var build = Launcher.BUILDAH_J.script() + " " + line(file, times);
    Tool.required("sh")
        .with("-c", "rm -rf out tmp other; " + change.replace("BUILD", build))
        .in(folder.path())
        .outcome()
        .succeeded();
    return digestIn(folder.path());
  }

  private static String line(String file, String times) {
    return "--root=$PWD/store build -q --no-cache -t oci:out:x %s -f context/%s context"
        .formatted(times, file);
  }

  private static String digestIn(Path directory) throws IOException {
    var index = Files.readAllBytes(directory.resolve("out/index.json"));
    return Json.readTree(index, "index").at("/manifests/0/digest").asText();
  }

  private static Path place(String name) {
    return folder.path().resolve(name);
  }

  private static void write(String name, String text) throws IOException {
    Files.writeString(place("context").resolve(name), text);
  }
}
