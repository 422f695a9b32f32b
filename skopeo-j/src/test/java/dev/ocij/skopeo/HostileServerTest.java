package dev.ocij.skopeo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Launcher;
import dev.ocij.testing.Measured;
import dev.ocij.testing.RawServer;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever a server sends, the command ends soon, says why in one line, and keeps within the
/// memory that every command has.
@Execution(ExecutionMode.CONCURRENT) // most of them wait before they try again
@Tag("distribution")
@Tag("tool")
class HostileServerTest {
  private static final int MOST_MEBIBYTES = 256;
  private static final Duration SOON = Duration.ofSeconds(100);

  @ParameterizedTest
  @EnumSource
  void a_manifest(HostileAnswer answer) {
    try (var server = RawServer.answering(answer)) {
      refused("inspect", "--tls-verify=false", "docker://" + server.host() + "/a/b");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ENDLESS_DOCUMENT", "ENDLESS_CHUNK_EXTENSION", "ENDLESS_ERROR"})
  void a_list_of_tags(HostileAnswer answer) {
    try (var server = RawServer.answering(answer)) {
      refused("list-tags", "--tls-verify=false", "docker://" + server.host() + "/a/b");
    }
  }

  /// Pages without end: of nothing, of one tag, of very many.
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1_000_000})
  void pages_of_tags(int tags) {
    var list = "{\"tags\":[%s]}".formatted("\"a\",".repeat(tags).replaceAll(",$", ""));
    try (var server =
        RawServer.answering((_, out) -> page(out, "?last=" + System.nanoTime(), list))) {
      refused("list-tags", "--tls-verify=false", "docker://" + server.host() + "/a/b");
    }
  }

  @Test
  void a_page_that_is_its_own_next() {
    try (var server = RawServer.answering((request, out) -> page(out, request.target(), "{}"))) {
      refused("list-tags", "--tls-verify=false", "docker://" + server.host() + "/a/b");
      assertThat(server.requests()).isLessThan(10);
    }
  }

  private static void page(OutputStream out, String next, String list) throws IOException {
    RawServer.write(
        out,
        """
        HTTP/1.1 200 OK
        Content-Type: application/json
        Content-Length: %d
        Link: <%s>; rel=next

        %s\
        """
            .formatted(list.length(), next, list));
  }

  private static void refused(String... line) {
    long began = System.nanoTime();
    var measured = Measured.run(Launcher.SKOPEO_J, line);
    var outcome = measured.outcome();
    assertThat(outcome.status()).as(outcome.stderr()).isEqualTo(1);
    assertThat(outcome.stdout()).isEmpty();
    assertThat(outcome.stderr())
        .hasLineCount(1)
        .matches("time=\\S+ level=fatal msg=\"\\w[^\\n]*: [^\\n]+\"\n")
        .doesNotContain("Exception", "null");
    assertThat(measured.mebibytes()).isLessThan(MOST_MEBIBYTES);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(SOON);
  }
}
