package dev.ocij.buildah.life;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerLogTest {
  private static final Instant TIME = Instant.parse("2026-11-23T21:56:44.822612685Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a\\n;          F a\\n",
        "a\\nb\\n;      F a\\nF b\\n",
        "a;             P a\\n",
        "a\\nb;         F a\\nP b\\n",
        "\\n;           F \\n"
      })
  void each_line_is_an_entry(String written, String entries) throws IOException {
    var file = new ByteArrayOutputStream();
    try (var log = new ContainerLog(file, Clock.fixed(TIME, ZoneOffset.UTC))) {
      var bytes = written.replace("\\n", "\n").getBytes(UTF_8);
      log.write(Channel.ERR, bytes, bytes.length);
    }
    assertThat(file.toString(UTF_8).replace("2026-11-23T21:56:44.822612685+00:00 stderr ", ""))
        .isEqualTo(entries.replace("\\n", "\n"));
  }
}
