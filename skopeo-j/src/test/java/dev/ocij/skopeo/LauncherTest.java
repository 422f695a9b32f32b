package dev.ocij.skopeo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Launcher;
import dev.ocij.testing.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("distribution")
class LauncherTest {

  private static final String VERSION = "skopeo version 1.22.0 (skopeo-j 0.1.0)\n";

  @TempDir private Path folder;

  @Test
  void prints_the_version_and_nothing_else() {
    var outcome = Launcher.SKOPEO_J.run("--version").succeeded();
    assertThat(outcome.stdout()).isEqualTo(VERSION);
    assertThat(outcome.stderr()).isEmpty();
  }

  @Test
  void starts_through_links_from_any_folder() throws Exception {
    Files.createSymbolicLink(folder.resolve("first"), Launcher.SKOPEO_J.script());
    Files.createSymbolicLink(folder.resolve("second"), Path.of("first"));
    var outcome =
        Tool.required("sh")
            .with("-c", "./second --version; PATH=.:$PATH; second --version")
            .in(folder);
    assertThat(outcome.outcome().stdout()).isEqualTo(VERSION + VERSION);
  }

  @Test
  void takes_its_own_java_whatever_the_environment_says() {
    var elsewhere = Map.of("JAVA_HOME", "/nonexistent", "PATH", "/bin:/usr/bin");
    assertThat(Launcher.SKOPEO_J.with("--version").with(elsewhere).outcome().stdout())
        .isEqualTo(VERSION);
  }

  @Test
  void finds_another_java_when_the_one_that_built_it_is_gone() throws Exception {
    var distribution = Launcher.SKOPEO_J.distribution();
    var launcher = Files.readString(distribution.resolve("bin/skopeo-j"));
    Files.createDirectory(folder.resolve("bin"));
    Files.createSymbolicLink(folder.resolve("lib"), distribution.resolve("lib"));
    Files.writeString(
        folder.resolve("bin/skopeo-j"),
        launcher.replaceFirst("(?m)^java=.*$", "java=/gone/bin/java"));
    var withJava = Map.of("JAVA_HOME", System.getProperty("java.home"));
    var run =
        Tool.required("sh")
            .with(folder.resolve("bin/skopeo-j").toString(), "--version")
            .with(withJava);
    assertThat(run.outcome().succeeded().stdout()).isEqualTo(VERSION);
  }

  @Test
  void loads_every_class_from_the_cache() throws Exception {
    var log = folder.resolve("classes.log");
    var options = Map.of("_JAVA_OPTIONS", "-Xlog:class+load:file=" + log);
    Launcher.SKOPEO_J.with("--version").with(options).outcome().succeeded();
    var classes =
        Files.readAllLines(log).stream()
            .filter(line -> line.contains("picocli.CommandLine"))
            .toList();
    assertThat(classes).isNotEmpty().allMatch(line -> line.contains("shared objects file"));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          --version,                     -Xint
          inspect docker://a/b,          -XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=5
          --policy copy list-tags x,     -XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=5
          copy a b,                      ''
          --tmpdir inspect copy a b,     ''
          --debug sync a b,              ''
          """)
  void compiles_as_much_as_the_command_is_worth(String line, String compiler) {
    var launcher = new Tool(Launcher.SKOPEO_J.withoutJava(folder));
    var flags = launcher.output(line.split(" ")).lines().toList().getLast();
    var common = " -Xmx.*|\\S*(AOTCache|java\\.security)\\S*";
    assertThat(flags.replaceAll(common, "").strip()).isEqualTo(compiler);
  }
}
