package dev.ocij.buildah.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Busybox;
import dev.ocij.testing.Launcher;
import dev.ocij.testing.NoNamespaces;
import dev.ocij.testing.OrdinaryUser;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What has no RUN builds for a user who is nobody special, where no namespace can be made.
@Tag("namespace")
@Tag("tool")
@Tag("distribution")
class PlainUserTest {
  @AutoClose private static OrdinaryUser user;

  @BeforeAll
  static void prepare() throws IOException {
    var busybox = Busybox.required();
    user = OrdinaryUser.withoutSubordinateIds();
    copy(Launcher.BUILDAH_J.distribution(), "dist");
    busybox.writeLayout(user.home().resolve("base"), "base");
    Files.writeString(user.home().resolve("Base"), "FROM oci:base:base\n");
    Tool.required("chown").run("-R", user.name() + ":", user.home().toString()).succeeded();
    build("-t", Example.BASE, "-f", "Base", "base");
  }

  @ParameterizedTest
  @MethodSource("dev.ocij.buildah.example.Example#withoutRun")
  void builds_without_a_namespace(Example example) {
    copy(example.folder(), example.name());
    assertThat(build(example.line(List.of(), "-q", example.name()))).hasSize(64 + 1);
  }

  @Test
  void tells_what_a_run_would_need() throws IOException {
    Files.writeString(user.home().resolve("Run"), "FROM " + Example.BASE + "\nRUN true\n");
    var outcome = user.run(line("-f", "Run", "base").toArray(String[]::new)).failed();
    assertThat(outcome.stderr())
        .startsWith("Tier 0: RUN is not possible, unless an earlier build did it: ")
        .contains("\nError: building at STEP \"RUN true\": Run:2:1: ")
        .contains("namespace")
        .hasLineCount(5);
  }

  private static String build(String... options) {
    return user.run(line(options).toArray(String[]::new)).succeeded().stdout();
  }

  private static List<String> line(String... options) {
    var launcher = user.home().resolve("dist/bin/buildah-j").toString();
    var line = new ArrayList<>(List.of("sh", launcher, "build"));
    line.addAll(List.of(options));
    return NoNamespaces.around(line);
  }

  /// The user may not be allowed to read what is ours.
  private static void copy(Path folder, String name) {
    var copy = user.home().resolve(name).toString();
    Tool.required("cp").run("-r", folder.toString(), copy).succeeded();
  }
}
