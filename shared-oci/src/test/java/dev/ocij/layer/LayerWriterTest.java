package dev.ocij.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.linux.RawName;
import dev.ocij.spec.OciException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LayerWriterTest {
  private static final Attributes PLAIN =
      Attributes.of(0644, Owner.ROOT, Instant.ofEpochSecond(1_700_000_000));

  /// The value of `cap_net_raw+ep`, version 2, and bytes that are no UTF-8.
  private static final byte[] CAPABILITY = {1, 0, 0, 2, 0, 32, 0, 0, 0, 0, 0, 0, -1, -128, 0, 10};

  @Test
  void writes_the_same_bytes_for_ever() {
    var layer =
        Layer.of(layout -> {
          layout.directory("/etc", PLAIN.withMode(0755));
          layout.file("/etc/motd", PLAIN, "hello\n");
          layout.symlink("/etc/link", "motd");
          layout.hardLink("/etc/same", "/etc/motd");
          layout.whiteout("/etc/gone");
          layout.opaque("/opt");
          layout.file(
              "/bin/ping",
              new Attributes(
                  04755,
                  new Owner(3_000_000, 50),
                  Instant.ofEpochSecond(-1, 5),
                  Map.of("security.capability", CAPABILITY, "user.a", new byte[0])),
              "");
          layout.file("/" + "long/".repeat(60) + "ü", PLAIN, "");
        });
    assertThat(layer.diffId())
        .hasToString("sha256:bd218b74d70d9771f5462b168edf7f7446fb277369e9056d62a35ccfff28a93f");
  }

  @ParameterizedTest
  @MethodSource("entries")
  void reads_back_what_was_written(Entry entry) throws IOException {
    var layer = Layer.of(layout -> layout.add(entry));
    var reader = new TarReader(layer.open());
    assertThat(reader.next()).isEqualTo(entry);
    assertThat(reader.next()).isNull();
  }

  static Stream<Entry> entries() {
    return Stream.of(
        Entry.directory("", PLAIN),
        Entry.directory("etc", PLAIN.withMode(01777)),
        Entry.file("a".repeat(100), PLAIN, 0),
        Entry.file("a".repeat(101), PLAIN, 0),
        Entry.directory("d".repeat(100), PLAIN),
        Entry.file("a/".repeat(500) + "b", PLAIN, 0),
        Entry.file("Főtanúsítvány", PLAIN, 0),
        Entry.file(RawName.decode(new byte[] {'a', -1, -61}), PLAIN, 0),
        Entry.file("new\nline and =", PLAIN, 0),
        Entry.symlink("l", PLAIN, "/" + "t/".repeat(90)),
        Entry.symlink("l", PLAIN, "ü"),
        Entry.hardLink("h", PLAIN, "x".repeat(200)),
        Entry.device("c", Entry.Type.CHARACTER, PLAIN, new Device(4095, 1_048_575)),
        Entry.device("b", Entry.Type.BLOCK, PLAIN, new Device(8, 0)),
        Entry.fifo("f", PLAIN),
        Entry.file("ids", PLAIN.withOwner(new Owner(2_097_151, 2_097_152)), 0),
        Entry.file("ids", PLAIN.withOwner(new Owner(4_294_967_294L, 0)), 0),
        Entry.file("suid", PLAIN.withMode(06755), 0),
        Entry.file("ns", PLAIN.withMtime(Instant.ofEpochSecond(1, 123_456_789)), 0),
        Entry.file("old", PLAIN.withMtime(Instant.ofEpochSecond(-5, 500_000_000)), 0),
        Entry.file("far", PLAIN.withMtime(Instant.ofEpochSecond(8_589_934_592L)), 0),
        Entry.file("caps", PLAIN.withXattrs(Map.of("security.capability", CAPABILITY)), 0));
  }

  @Test
  void writes_whiteouts_as_the_specification_has_them() throws IOException {
    var layer =
        Layer.of(layout -> {
          layout.whiteout("/etc/gone");
          layout.whiteout("top");
          layout.opaque("/opt");
          layout.opaque("/");
        });
    var reader = new TarReader(layer.open());
    assertThat(reader.next()).extracting(Entry::path).isEqualTo("etc/.wh.gone");
    assertThat(reader.next()).extracting(Entry::path).isEqualTo(".wh.top");
    assertThat(reader.next()).extracting(Entry::path).isEqualTo("opt/.wh..wh..opq");
    assertThat(reader.next()).extracting(Entry::path).isEqualTo(".wh..wh..opq");
  }

  @Test
  void refuses_content_of_another_size() {
    var writer = new LayerWriter(OutputStream.nullOutputStream());
    var entry = Entry.file("log", PLAIN, 3);
    assertThatThrownBy(() -> writer.write(entry, new ByteArrayInputStream(new byte[2])))
        .isInstanceOf(OciException.class)
        .hasMessageContaining("\"log\": expected 3 bytes, but 1 bytes are missing");
    assertThatThrownBy(() -> writer.write(entry, new ByteArrayInputStream(new byte[4])))
        .isInstanceOf(OciException.class)
        .hasMessageContaining("there is more");
  }

  @Test
  void writes_sizes_beyond_eight_gigabytes() throws IOException {
    var records = TarHeader.records(Entry.file("huge", PLAIN, 1L << 33));
    assertThat(records.text("size")).isEqualTo("8589934592");
  }
}
