package dev.ocij.layer.chunked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.luben.zstd.Zstd;
import dev.ocij.image.Compression;
import dev.ocij.layer.Attributes;
import dev.ocij.layer.Device;
import dev.ocij.layer.Entry;
import dev.ocij.layer.Layer;
import dev.ocij.layer.Owner;
import dev.ocij.spec.Digest;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChunkedLayerTest {
  private static final String PREFIX = "io.github.containers.zstd-chunked.";
  private static final Attributes ODD =
      new Attributes(
          04751,
          new Owner(1000, 2000),
          Instant.parse("2020-01-02T03:04:05.5Z"),
          Map.of("user.a", "b".getBytes(StandardCharsets.UTF_8)));
  private static final byte[] LARGE = large();

  private final byte[] tar =
      Layer.of(
              layout -> {
                layout.directory("d", Attributes.DIRECTORY);
                layout.file("d/small", ODD, "hello\n");
                layout.file("d/large", Attributes.FILE, LARGE);
                layout.file("d/empty", Attributes.FILE, "");
                layout.symlink("d/link", "small");
                layout.hardLink("d/other", "d/small");
                layout.file("n".repeat(150) + "é", Attributes.FILE, "x".repeat(513));
                layout.add(Entry.fifo("fifo", Attributes.FILE));
                layout.add(
                    Entry.device("zero", Entry.Type.CHARACTER, Attributes.FILE, new Device(1, 5)));
                layout.whiteout("gone");
              })
          .tar();

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private Map<String, String> notes = Map.of();

  @Test
  void any_reader_of_zstd_reads_the_tar() throws IOException {
    assertThat(plain(written(tar))).isEqualTo(tar);
  }

  @Test
  void the_table_leads_to_each_file_and_each_of_its_chunks() throws IOException {
    var layer = written(tar);
    var files = files(layer);
    assertThat(files.get("d/small")).asString().isEqualTo("hello\n");
    assertThat(files.get("d/large")).isEqualTo(LARGE);
    assertThat(files).hasSize(3);
    assertThat(chunks(layer)).hasSizeBetween(4, 40);
  }

  @Test
  void the_table_says_what_the_tar_says() throws IOException {
    var toc = toc(written(tar));
    assertThat(toc.path("version").asInt()).isEqualTo(1);
    assertThat(line(toc, "d/").toString())
        .isEqualTo(
            "{\"type\":\"dir\",\"name\":\"d/\",\"mode\":493,\"modtime\":\"1970-01-01T00:00:00Z\"}");
    var small = line(toc, "d/small");
    assertThat(small.path("type").asText()).isEqualTo("reg");
    assertThat(small.path("mode").asInt()).isEqualTo(04751);
    assertThat(small.path("uid").asInt()).isEqualTo(1000);
    assertThat(small.path("gid").asInt()).isEqualTo(2000);
    assertThat(small.path("size").asInt()).isEqualTo(6);
    assertThat(small.path("modtime").asText()).isEqualTo("2020-01-02T03:04:05.5Z");
    assertThat(small.path("xattrs").path("user.a").asText()).isEqualTo("Yg==");
    assertThat(small.has("chunkSize")).isFalse();
    assertThat(line(toc, "d/empty").has("digest")).isFalse();
    assertThat(line(toc, "d/link").path("linkName").asText()).isEqualTo("small");
    assertThat(line(toc, "d/other").path("type").asText()).isEqualTo("hardlink");
    assertThat(line(toc, "zero").path("devMinor").asInt()).isEqualTo(5);
  }

  @Test
  void the_tar_can_be_put_together_from_its_files() throws IOException {
    var layer = written(tar);
    var files = files(layer);
    var whole = new ByteArrayOutputStream();
    int position = 0;
    for (var text : tarSplit(layer).lines().toList()) {
      var line = Json.readTree(text.getBytes(StandardCharsets.UTF_8), "tar-split");
      assertThat(line.path("position").asInt()).isEqualTo(position++);
      whole.writeBytes(
          line.path("type").asInt() == 2
              ? line.path("payload").binaryValue()
              : files.getOrDefault(line.path("name").asText(), new byte[0]));
    }
    assertThat(whole.toByteArray()).isEqualTo(tar);
  }

  /// As tar-split counts it, which takes the ISO polynomial.
  @Test
  void a_file_has_its_crc() throws IOException {
    assertThat(tarSplit(written(tar)))
        .contains("{\"type\":1,\"name\":\"d/small\",\"size\":6,\"payload\":\"YUw+7uLYEAA=\",")
        .contains("{\"type\":1,\"name\":\"d/\",\"payload\":null,");
  }

  @Test
  void the_footer_says_the_same_as_the_annotations() throws IOException {
    var layer = written(tar);
    var footer = Arrays.copyOfRange(layer, layer.length - 64, layer.length);
    var numbers = ByteBuffer.wrap(footer).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
    var all = (note("manifest-position") + ":" + note("tarsplit-position")).split(":");
    assertThat(all).hasSize(7);
    for (int i = 0; i < all.length; i++) {
      assertThat(numbers.get(i)).isEqualTo(Long.parseLong(all[i]));
    }
    assertThat(new String(footer, 56, 8, StandardCharsets.US_ASCII)).isEqualTo("GNUlInUx");
    assertThat(note("manifest-checksum"))
        .isEqualTo(Digest.of(part(layer, note("manifest-position"))).toString());
    assertThat(toc(layer).path("tarSplitDigest").asText())
        .isEqualTo(Digest.of(part(layer, note("tarsplit-position"))).toString());
  }

  @Test
  void what_is_inserted_changes_few_chunks() throws IOException {
    var longer = new byte[LARGE.length + 1];
    System.arraycopy(LARGE, 0, longer, 1, LARGE.length);
    var before = chunks(written(large(LARGE)));
    out.reset();
    var after = chunks(written(large(longer)));
    var common = new HashSet<>(before);
    common.retainAll(after);
    assertThat(common).hasSizeGreaterThanOrEqualTo(before.size() - 3);
  }

  @Test
  void the_same_tar_gives_the_same_bytes() throws IOException {
    var first = written(tar);
    out.reset();
    assertThat(written(tar)).isEqualTo(first);
  }

  /// As umoci inserts files.
  @Test
  void a_tar_may_end_with_its_last_content() throws IOException {
    var whole = Layer.of(layout -> layout.file("f", Attributes.FILE, "hello\n")).tar();
    var cut = Arrays.copyOf(whole, 512 + 6);
    var layer = written(cut);
    assertThat(plain(layer)).isEqualTo(cut);
    assertThat(files(layer).get("f")).asString().isEqualTo("hello\n");
    assertThatExceptionOfType(OciException.class)
        .isThrownBy(() -> written(Arrays.copyOf(whole, 512 + 5)))
        .withMessageContaining("it ends 1 bytes before its content does");
  }

  @Test
  void an_empty_layer_and_one_that_is_no_tar() throws IOException {
    assertThat(plain(written(Layer.of(_ -> {}).tar()))).isEqualTo(Layer.of(_ -> {}).tar());
    assertThatExceptionOfType(OciException.class)
        .isThrownBy(() -> written("x".repeat(1024).getBytes(StandardCharsets.UTF_8)))
        .withMessageContaining("read tar:");
  }

  private byte[] written(byte[] plainTar) throws IOException {
    notes = ChunkedLayer.write(new ByteArrayInputStream(plainTar), out, Compression.DEFAULT_LEVEL);
    return out.toByteArray();
  }

  private static byte[] plain(byte[] layer) throws IOException {
    return Compression.decompressAny(new ByteArrayInputStream(layer)).readAllBytes();
  }

  private String note(String name) {
    return String.valueOf(notes.get(PREFIX + name));
  }

  /// The files that the table of contents leads to, each verified.
  private Map<String, byte[]> files(byte[] layer) throws IOException {
    var files = new HashMap<String, byte[]>();
    for (var line : toc(layer).path("entries")) {
      if (line.has("digest")) {
        int start = line.path("offset").asInt();
        var content = plain(Arrays.copyOfRange(layer, start, line.path("endOffset").asInt()));
        assertThat(Digest.of(content)).hasToString(line.path("digest").asText());
        files.put(line.path("name").asText(), content);
      }
      if (line.has("chunkDigest")) {
        var content = new byte[line.path("chunkSize").asInt()];
        int start = line.path("offset").asInt();
        try (var frames = new ByteArrayInputStream(layer, start, layer.length - start)) {
          assertThat(Compression.ZSTD.decompress(frames).readNBytes(content, 0, content.length))
              .isEqualTo(content.length);
        }
        assertThat(Digest.of(content)).hasToString(line.path("chunkDigest").asText());
      }
    }
    return files;
  }

  private List<String> chunks(byte[] layer) {
    return toc(layer).path("entries").findValuesAsText("chunkDigest");
  }

  private JsonNode toc(byte[] layer) {
    return Json.readTree(unpacked(layer, note("manifest-position")), "table of contents");
  }

  private String tarSplit(byte[] layer) {
    return new String(unpacked(layer, note("tarsplit-position")), StandardCharsets.UTF_8);
  }

  private static byte[] part(byte[] layer, String position) {
    var numbers = position.split(":");
    int start = Integer.parseInt(numbers[0]);
    return Arrays.copyOfRange(layer, start, start + Integer.parseInt(numbers[1]));
  }

  private static byte[] unpacked(byte[] layer, String position) {
    var size = Integer.parseInt(position.split(":")[2]);
    var plain = Zstd.decompress(part(layer, position), size);
    assertThat(plain).hasSize(size);
    return plain;
  }

  private static JsonNode line(JsonNode toc, String name) {
    for (var line : toc.path("entries")) {
      if (line.path("name").asText().equals(name)) {
        return line;
      }
    }
    throw new AssertionError("no line for " + name);
  }

  private static byte[] large(byte[] content) {
    return Layer.of(layout -> layout.file("large", Attributes.FILE, content)).tar();
  }

  private static byte[] large() {
    var bytes = new byte[1 << 20];
    new Random(1).nextBytes(bytes);
    return bytes;
  }
}
