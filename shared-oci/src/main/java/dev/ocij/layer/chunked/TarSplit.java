package dev.ocij.layer.chunked;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.github.luben.zstd.ZstdOutputStream;
import dev.ocij.linux.RawName;
import dev.ocij.spec.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What of a tar is not the content of its files, so that it can be put together again from them:
/// lines of JSON in the format of tar-split, compressed.
final class TarSplit {
  /// Bytes that stand as they are.
  private record Segment(int type, byte[] payload, int position) {}

  /// The content of a file.
  ///
  /// @param nameRaw a name that is no text
  /// @param payload the CRC of the content; null where there is none
  private record File(
      int type,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) @Nullable String name,
      @JsonProperty("name_raw") @JsonInclude(JsonInclude.Include.NON_NULL)
          byte @Nullable [] nameRaw,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) long size,
      @JsonInclude(JsonInclude.Include.ALWAYS) byte @Nullable [] payload,
      int position) {}

  private static final int FILE = 1;
  private static final int SEGMENT = 2;

  private final ByteArrayOutputStream compressed = new ByteArrayOutputStream();
  private final OutputStream lines;
  private int position;
  private long size;

  TarSplit(int level) throws IOException {
    lines = new ZstdOutputStream(compressed, level).setChecksum(true);
  }

  void segment(byte[] bytes) throws IOException {
    if (bytes.length > 0) {
      write(new Segment(SEGMENT, bytes, position));
    }
  }

  /// @param name as written
  /// @param crc of the content, where there is any
  void file(String name, long length, @Nullable Crc64 crc) throws IOException {
    var raw = RawName.encode(name);
    boolean text = isText(raw);
    write(
        new File(
            FILE,
            text ? new String(raw, StandardCharsets.UTF_8) : null,
            text ? null : raw,
            length,
            crc == null ? null : ByteBuffer.allocate(Long.BYTES).putLong(crc.value()).array(),
            position));
  }

  /// All of it; nothing can follow.
  byte[] finish() throws IOException {
    lines.close();
    return compressed.toByteArray();
  }

  /// How long the lines are before they are compressed.
  long size() {
    return size;
  }

  private void write(Object line) throws IOException {
    var json = Json.write(line);
    lines.write(json);
    lines.write('\n');
    size += json.length + 1;
    position++;
  }

  private static boolean isText(byte[] name) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name));
      return true;
    } catch (CharacterCodingException _) {
      return false;
    }
  }
}
