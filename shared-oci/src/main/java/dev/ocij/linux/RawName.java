package dev.ocij.linux;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// File names are bytes and mostly UTF-8. A byte that is not stands as a lone surrogate U+DC80 to
/// U+DCFF, as in Python's `surrogateescape`, so that each name survives the way through a String.
public final class RawName {
  private static final int ESCAPE = 0xdc00;

  /// What the plain way of reading UTF-8 puts in the place of bytes that are none.
  private static final char REPLACEMENT = '\ufffd';

  private RawName() {}

  public static String decode(byte[] name) {
    var plain = new String(name, StandardCharsets.UTF_8);
    if (plain.indexOf(REPLACEMENT) < 0) {
      return plain;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name)).toString();
    } catch (CharacterCodingException _) {
      return decodeEscaping(ByteBuffer.wrap(name));
    }
  }

  public static byte[] encode(String name) {
    if (!hasEscape(name)) {
      return name.getBytes(StandardCharsets.UTF_8);
    }
    var bytes = new ByteArrayOutputStream();
    name.codePoints()
        .forEach(c -> {
          if (isEscape(c)) {
            bytes.write(c - ESCAPE);
          } else {
            bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
          }
        });
    return bytes.toByteArray();
  }

  private static String decodeEscaping(ByteBuffer bytes) {
    var decoder = StandardCharsets.UTF_8.newDecoder();
    var chars = CharBuffer.allocate(bytes.remaining());
    while (true) {
      var result = decoder.decode(bytes, chars, true);
      if (!result.isError()) {
        return chars.flip().toString();
      }
      for (int i = 0; i < result.length(); i++) {
        chars.put((char) (ESCAPE + (bytes.get() & 0xff)));
      }
      decoder.reset();
    }
  }

  private static boolean hasEscape(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (isEscape(name.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isEscape(int c) {
    return c >= ESCAPE + 0x80 && c <= ESCAPE + 0xff;
  }
}
