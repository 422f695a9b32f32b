package dev.ocij.layer;

import dev.ocij.linux.RawName;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The records of a POSIX extended header, `length SP key=value LF`, with values as bytes: those of
/// extended attributes are no text.
final class PaxRecords {
  static final String XATTR = "SCHILY.xattr.";

  private final Map<String, byte[]> values = new TreeMap<>();

  /// @throws IllegalArgumentException where a length lies or a separator is missing
  static PaxRecords parse(byte[] content) {
    var records = new PaxRecords();
    int start = 0;
    while (start < content.length && content[start] != 0) {
      int space = indexOf(content, ' ', start, content.length);
      int end = start + parseLength(content, start, space);
      int equals = indexOf(content, '=', space, Math.clamp(end, space, content.length));
      if (end > content.length || content[end - 1] != '\n') {
        throw new IllegalArgumentException("a PAX record whose length lies");
      }
      records.put(
          new String(content, space + 1, equals - space - 1, StandardCharsets.UTF_8),
          Arrays.copyOfRange(content, equals + 1, end - 1));
      start = end;
    }
    return records;
  }

  private static int parseLength(byte[] content, int start, int end) {
    var digits = new String(content, start, end - start, StandardCharsets.ISO_8859_1);
    if (!digits.matches("[1-9][0-9]{0,8}")) {
      throw new IllegalArgumentException("a PAX record without length");
    }
    return Integer.parseInt(digits);
  }

  private static int indexOf(byte[] content, char wanted, int from, int to) {
    for (int i = from; i < to; i++) {
      if (content[i] == wanted) {
        return i;
      }
    }
    throw new IllegalArgumentException("a PAX record without '%s'".formatted(wanted));
  }

  void put(String key, byte[] value) {
    values.put(key, value);
  }

  void put(String key, String value) {
    put(key, RawName.encode(value));
  }

  @Nullable String text(String key) {
    var value = values.get(key);
    return value == null ? null : RawName.decode(value);
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  /// Whether a key begins so.
  boolean hasPrefix(String prefix) {
    return !values.isEmpty() && values.keySet().stream().anyMatch(key -> key.startsWith(prefix));
  }

  Map<String, byte[]> xattrs() {
    if (values.isEmpty()) {
      return Map.of();
    }
    var found = new TreeMap<String, byte[]>();
    values.forEach((key, value) -> {
      if (key.startsWith(XATTR)) {
        found.put(key.substring(XATTR.length()), value);
      }
    });
    return found;
  }

  /// The records sorted by key, so that equal entries have equal headers.
  byte[] toBytes() {
    var out = new ByteArrayOutputStream();
    values.forEach((key, value) -> {
      var name = key.getBytes(StandardCharsets.UTF_8);
      out.writeBytes(
          (length(name.length + value.length) + " ").getBytes(StandardCharsets.US_ASCII));
      out.writeBytes(name);
      out.write('=');
      out.writeBytes(value);
      out.write('\n');
    });
    return out.toByteArray();
  }

  /// The length of a record counts its own digits.
  private static int length(int content) {
    int bare = content + " =\n".length();
    int guess = bare + Integer.toString(bare).length();
    return bare + Integer.toString(guess).length();
  }
}
