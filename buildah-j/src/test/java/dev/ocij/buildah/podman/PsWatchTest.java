package dev.ocij.buildah.podman;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `ps --watch`, which ends when it is interrupted.
@Timeout(60)
class PsWatchTest {
  @TempDir private Path folder;

  @Test
  void containers_are_listed_again_and_again() throws InterruptedException {
    var out = new StringWriter();
    var line = new String[] {"--root", folder.toString(), "ps", "--watch", "1"};
    var watching =
        Thread.ofVirtual()
            .start(() ->
                PodmanJ.program()
                    .run(new PrintWriter(out), new PrintWriter(new StringWriter()), line));
    while (out.toString().split("CONTAINER ID", -1).length <= 2 && watching.isAlive()) {
      Thread.sleep(50); // until it has listed twice
    }
    assertThat(watching.isAlive()).isTrue();
    watching.interrupt();
    watching.join();
    assertThat(out.toString()).contains("\033[2J\033[HCONTAINER ID");
  }
}
