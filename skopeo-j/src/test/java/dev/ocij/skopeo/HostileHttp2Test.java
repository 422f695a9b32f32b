package dev.ocij.skopeo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Http2Server;
import dev.ocij.testing.Launcher;
import dev.ocij.testing.Measured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A server that floods a connection of HTTP/2 ends the command, not the memory.
@Tag("distribution")
@Tag("tool")
class HostileHttp2Test {
  private static final int MOST_MEBIBYTES = 256;
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(names = "CLOSED_WINDOW", mode = EnumSource.Mode.EXCLUDE)
  void a_flood_ends_in_one_line(Http2Server.Fault fault) throws IOException {
    try (var server = Http2Server.with(fault)) {
      var image = "docker://" + server.host() + "/a/b";
      Files.writeString(folder.resolve("ca.crt"), server.certificatePem());
      var limit = "--command-timeout=20s"; // some are waited for as for a silent server
      var measured =
          Measured.run(Launcher.SKOPEO_J, limit, "inspect", "--cert-dir=" + folder, image);
      assertThat(measured.outcome().status()).isOne();
      assertThat(measured.outcome().stderr())
          .hasLineCount(1)
          .matches("time=\\S+ level=fatal msg=\"\\w[^\\n]*: [^\\n]+\"\n")
          .doesNotContain("Exception", "null");
      assertThat(measured.mebibytes()).isLessThan(MOST_MEBIBYTES);
    }
  }
}
