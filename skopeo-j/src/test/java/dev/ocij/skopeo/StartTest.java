package dev.ocij.skopeo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.DockerRegistry;
import dev.ocij.testing.Launcher;
import dev.ocij.transport.SampleImage;
import dev.ocij.transport.layout.LayoutTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the JDK takes its time for when it is first used, and a command does without.
@Tag("distribution")
@Tag("tool")
class StartTest {
  private static final Pattern INITIALISED = Pattern.compile("Initializing '([^']+)'");

  /// Tables of powers of ten, and the digits of a locale: each costs as much as a request.
  private static final List<String> SLOW =
      List.of("java/math/BigDecimal", "java/text/DecimalFormatSymbols");

  @AutoClose private static DockerRegistry registry;
  @TempDir private static Path shared;
  @TempDir private Path folder;

  @BeforeAll
  static void an_image() throws IOException {
    registry = DockerRegistry.open();
    var image = SampleImage.large(1, 100);
    try (var sink = new LayoutTransport().openSink(shared + "/layout:t")) {
      image.putBlobs(sink);
      sink.commit(image.manifest());
    }
    var pushed = "docker://" + registry.host() + "/image:t";
    Launcher.SKOPEO_J
        .run("copy", "--dest-tls-verify=false", "oci:" + shared + "/layout:t", pushed)
        .succeeded();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "inspect --tls-verify=false docker://HOST/image:t",
        "list-tags --tls-verify=false docker://HOST/image",
        "copy oci:SHARED/layout:t dir:FOLDER/dir",
        "copy --dest-tls-verify=false oci:SHARED/layout:t docker://HOST/pushed:t",
        "copy --src-tls-verify=false docker://HOST/image:t oci:FOLDER/layout:t",
        "copy --src-tls-verify=false --dest-tls-verify=false docker://HOST/image:t"
            + " docker://HOST/copied:t",
      })
  void leaves_alone_what_starts_slowly(String line) throws IOException {
    var log = folder.resolve("classes.log");
    var placed =
        line.replace("HOST", registry.host())
            .replace("SHARED", shared.toString())
            .replace("FOLDER", folder.toString());
    var options = Map.of("_JAVA_OPTIONS", "-Xlog:class+init=info:file=" + log);
    Launcher.SKOPEO_J.with(placed.split(" ")).with(options).outcome().succeeded();
    var initialised =
        INITIALISED.matcher(Files.readString(log)).results().map(StartTest::name).toList();
    assertThat(initialised).contains("java/lang/System").doesNotContainAnyElementsOf(SLOW);
  }

  private static String name(MatchResult found) {
    return found.group(1);
  }
}
