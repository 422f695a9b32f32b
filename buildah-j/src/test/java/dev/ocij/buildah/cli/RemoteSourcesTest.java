package dev.ocij.buildah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.spec.Digest;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// ADD of what a server on the loopback interface has.
class RemoteSourcesTest {
  @TempDir private Path folder;
  @AutoClose private WebServer web;
  private BuiltFiles built;

  @BeforeEach
  void prepare() throws IOException {
    Files.createDirectories(folder.resolve("web/deep"));
    Files.writeString(folder.resolve("web/deep/page"), "content");
    Files.writeString(folder.resolve("web/undated"), "content");
    web = WebServer.of(folder.resolve("web"));
    built = new BuiltFiles(folder);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ADD URL/deep/page /                   | 600 1000000000 page
          ADD URL/deep/page /to/                | 600 1000000000 to/page
          ADD URL/deep/page?x=y#z /to/          | 600 1000000000 to/page
          ADD URL/deep/page /new/name           | 600 1000000000 new/name
          ADD URL/undated /                     | 600 0 undated
          ADD URL/moved/deep/page /             | 600 1000000000 page
          ADD --chmod=0755 URL/deep/page /      | 755 1000000000 page
          ADD --chmod=u+x,g=r URL/deep/page /   | 740 1000000000 page
          ADD --chown=7:8 URL/deep/page /       | 600 1000000000 page
          ADD --checksum=SUM URL/deep/page /    | 600 1000000000 page
          ADD --link URL/deep/page /            | 600 1000000000 page
          """)
  void a_file_has_a_name_a_mode_and_a_time(String line, String expected) throws IOException {
    var sum = Digest.of("content".getBytes(StandardCharsets.UTF_8));
    assertThat(built.files("FROM scratch", url(line).replace("SUM", sum.toString())))
        .contains(expected);
  }

  @Test
  void one_step_may_take_from_here_and_from_there() throws IOException {
    Files.writeString(folder.resolve("context/local"), "local");
    assertThat(built.files("FROM scratch", url("ADD local URL/deep/page /to/")))
        .anyMatch(line -> line.endsWith(" to/local"))
        .anyMatch(line -> line.endsWith(" to/page"));
  }

  @Test
  @Tag("tool")
  void an_archive_is_unpacked_where_that_is_asked_for() throws IOException {
    var archive = folder.resolve("web/a.tar.gz").toString();
    Tool.required("tar")
        .run("czf", archive, "-C", folder.resolve("web").toString(), "deep")
        .succeeded();
    assertThat(built.names("FROM scratch", url("ADD URL/a.tar.gz /"))).containsExactly("a.tar.gz");
    assertThat(built.names("FROM scratch", url("ADD --unpack URL/a.tar.gz /")))
        .containsExactly("deep/", "deep/page");
    Files.copy(folder.resolve("web/a.tar.gz"), folder.resolve("context/b.tar.gz"));
    assertThat(built.names("FROM scratch", "ADD b.tar.gz /")).contains("deep/page");
    assertThat(built.names("FROM scratch", "ADD --unpack=false b.tar.gz /"))
        .containsExactly("b.tar.gz");
  }

  @Test
  void the_cache_holds_until_the_file_changes() throws IOException {
    var line = url("ADD URL/deep/page /");
    built.files("FROM scratch", line);
    assertThat(built.output("FROM scratch", line)).contains("Using cache");
    Files.writeString(folder.resolve("web/deep/page"), "other");
    assertThat(built.output("FROM scratch", line)).doesNotContain("Using cache");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ADD URL/nosuch /       | fetch HOST/nosuch: 127.0.0.1 answers "Not Found" (404)
          ADD URL/ /to/          | the URL names no file; give the destination a name
          ADD URL/deep/%2e%2e /to/ | the URL names no file; give the destination a name
          ADD URL/deep/..%2f.. /to/ | the URL names no file; give the destination a name
          ADD URL /to/           | the URL names no file; give the destination a name
          ADD http://u:p@127.0.0.1/x / | fetch http://127.0.0.1/x: credentials in a URL are not sent
          ADD --checksum=sha256:0000000000000000000000000000000000000000000000000000000000000000 \
          URL/deep/page / | expected sha256:0000000000000000000000000000000000000000000000000000000000000000, got sha256:
          ADD --checksum=md5:1 URL/deep/page / | invalid checksum "md5:1"
          ADD --checksum=sha256:1 Containerfile / | --checksum of what is not from elsewhere
          COPY URL/deep/page /   | COPY of a URL; ADD fetches one
          """)
  void what_cannot_be_had_is_told(String line, String message) throws IOException {
    var outcome = built.run("FROM scratch", url(line));
    assertThat(outcome.status()).isEqualTo(125);
    assertThat(outcome.stderr())
        .contains(message.replace("HOST", web.url("").replaceFirst("/$", "")));
    assertThat(folder.resolve("store/containers"))
        .satisfiesAnyOf(
            containers -> assertThat(containers).doesNotExist(),
            containers -> assertThat(containers.toFile().list()).containsExactly(".lock"));
  }

  private String url(String line) {
    return line.replace("URL", web.url("").replaceFirst("/$", ""));
  }
}
