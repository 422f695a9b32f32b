package dev.ocij.skopeo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.image.Image;
import dev.ocij.testing.Launcher;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Tool;
import dev.ocij.transport.SampleImage;
import dev.ocij.transport.layout.LayoutTransport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Copies in which each thread's n-th call of the system fails, n from 1 until nothing fails any
/// more: the copy survives it or says so in one line; what was there stays whole, what is new is
/// whole or absent, and a second copy finishes.
@Execution(ExecutionMode.CONCURRENT)
@Tag("distribution")
@Tag("tool")
class FailingCallTest {
  private static final int LAYER = 2 << 20;
  private static final int MOST = 60;
  @TempDir private Path folder;

  @BeforeEach
  void images() throws IOException {
    for (int i = 0; i < 2; i++) {
      var image = SampleImage.large(i, LAYER);
      try (var sink = new LayoutTransport().openSink(folder + "/from:" + i)) {
        image.putBlobs(sink);
        sink.commit(image.manifest());
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          write,     ENOSPC, oci:LAYOUT:localhost/
          pwrite64,  ENOSPC, oci:LAYOUT:localhost/
          fsync,     EIO,    oci:LAYOUT:localhost/
          rename,    EROFS,  oci:LAYOUT:localhost/
          rename,    EIO,    containers-storage:localhost/
          mkdir,     ENOSPC, oci:LAYOUT:localhost/
          ftruncate, EIO,    oci:LAYOUT:localhost/
          """)
  void loses_nothing(String call, String error, String to) throws IOException {
    var layout = folder.resolve(to.startsWith("oci:") ? "layout" : "ocij/images");
    var destination = to.replace("LAYOUT", layout.toString());
    copy(0, destination + "old:t").succeeded();
    boolean fired = true;
    for (int n = 1; fired && n <= MOST; n++) {
      var outcome = failing("%s:error=%s:when=%d".formatted(call, error, n), destination + "new:t");
      fired = Files.readString(folder.resolve("calls")).contains("(INJECTED)");
      requireTold(outcome);
      requireWhole(layout + ":localhost/old:t");
      if (outcome.status() == 0) {
        requireWhole(layout + ":localhost/new:t");
      }
      copy(1, destination + "new:t").succeeded();
      requireWhole(layout + ":localhost/new:t");
      remove(layout);
    }
    assertThat(fired).as("more than %d calls", MOST).isFalse();
  }

  private Outcome failing(String fault, String to) {
    var calls = folder.resolve("calls").toString();
    var call = fault.substring(0, fault.indexOf(':'));
    return Tool.required("strace")
        .with(
            "-f",
            "-qq",
            "--seccomp-bpf",
            "-o",
            calls,
            "-e",
            "trace=" + call,
            "-e",
            "inject=" + fault,
            Launcher.SKOPEO_J.script().toString(),
            "--insecure-policy",
            "copy",
            "-q",
            from(1),
            to)
        .with(Map.of("XDG_DATA_HOME", folder.toString()))
        .outcome();
  }

  private Outcome copy(int image, String to) {
    return Launcher.SKOPEO_J
        .with("--insecure-policy", "copy", "-q", from(image), to)
        .with(Map.of("XDG_DATA_HOME", folder.toString()))
        .outcome();
  }

  private String from(int image) {
    return "oci:%s/from:%d".formatted(folder, image);
  }

  /// A failure that hits the virtual machine itself, or the message, is not ours to tell.
  private static void requireTold(Outcome outcome) {
    if (outcome.stderr().contains("level=fatal")) {
      assertThat(outcome.status()).isEqualTo(1);
      assertThat(outcome.stderr()).matches("time=\\S+ level=fatal msg=\"\\w[^\\n]*: [^\\n]+\"\n");
    }
  }

  private static void requireWhole(String name) throws IOException {
    try (var source = new LayoutTransport().openSource(name)) {
      for (var blob : ((Image) source.read()).layers()) {
        blob.open().transferTo(OutputStream.nullOutputStream());
      }
    }
  }

  /// So that the next copy has everything to do.
  private static void remove(Path layout) throws IOException {
    new LayoutTransport().delete(layout + ":localhost/new:t");
  }
}
