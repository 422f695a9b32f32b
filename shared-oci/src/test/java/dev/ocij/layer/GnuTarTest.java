package dev.ocij.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// GNU tar reads what we write, and we read what it writes.
@Tag("tool")
class GnuTarTest {
  @TempDir Path temporary;

  @BeforeAll
  static void needs_gnu_tar() {
    var found = Stream.of("/bin/tar", "/usr/bin/tar").map(Path::of).anyMatch(Files::isExecutable);
    assumeTrue(found, "tar is not installed");
  }

  @Test
  void lists_what_we_write() throws Exception {
    var attributes = Attributes.of(0644, new Owner(7, 3_000_000), Instant.ofEpochSecond(0));
    var layer =
        Layer.of(layout -> {
          layout.directory("/etc", attributes.withMode(01777));
          layout.file("/etc/" + "long".repeat(40), attributes.withMode(04755), "hello");
          layout.symlink("/etc/ü", "motd");
          layout.hardLink("/h", "/etc/" + "long".repeat(40));
          layout.whiteout("/etc/gone");
        });
    var file = Files.write(temporary.resolve("layer.tar"), layer.tar());
    var listed =
        tar("--utc", "--numeric-owner", "--quoting-style=literal", "-tvf", file.toString());
    assertThat(listed)
        .isEqualTo(
            """
            drwxrwxrwt 7/3000000         0 1970-01-01 00:00 etc/
            -rwsr-xr-x 7/3000000         5 1970-01-01 00:00 etc/%1$s
            lrwxrwxrwx 0/0               0 1970-01-01 00:00 etc/ü -> motd
            hrw-r--r-- 0/0               0 1970-01-01 00:00 h link to etc/%1$s
            ---------- 0/0               0 1970-01-01 00:00 etc/.wh.gone
            """
                .formatted("long".repeat(40)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gnu", "oldgnu", "pax", "ustar"})
  void is_read_in_all_its_formats(String format) throws Exception {
    var tree = Files.createDirectory(temporary.resolve("tree"));
    var deep = Files.createDirectories(tree.resolve("directory/".repeat(11)));
    Files.writeString(deep.resolve("file"), "deep");
    var first = Files.writeString(tree.resolve("a"), "content");
    Files.createSymbolicLink(tree.resolve("link"), Path.of("t".repeat(90)));
    Files.createLink(tree.resolve("same"), first);
    var file = temporary.resolve("tree.tar");
    tar("--format=" + format, "--sort=name", "-C", tree.toString(), "-cf", file.toString(), ".");

    var index = TarIndex.read(new ByteArrayInputStream(Files.readAllBytes(file)));
    var read = LayeredTree.EMPTY.with(new LayeredTree.Part(index, TarContent.of(file)));
    assertThat(read.list("/").stream().map(Entry::path))
        .containsExactly("a", "directory", "link", "same");
    assertThat(read.lookup("link").orElseThrow().target()).isEqualTo("t".repeat(90));
    assertThat(read.lookup("directory/".repeat(11) + "file").orElseThrow().size()).isEqualTo(4);
    try (var in = read.open(read.lookup("same").orElseThrow())) {
      assertThat(in).hasContent("content");
    }
  }

  private static String tar(String... arguments) throws IOException, InterruptedException {
    var command = Stream.concat(Stream.of("tar"), Stream.of(arguments)).toList();
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C.UTF-8");
    var process = builder.start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
