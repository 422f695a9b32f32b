package dev.ocij.buildah.context.cloud;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Names as they are in URLs: all but the unreserved characters of RFC 3986 behind percent signs.
final class Percent {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private Percent() {}

  /// With slashes as they are.
  static String path(String text) {
    return encoded(text, "/");
  }

  /// A whole name as one step of a path, or a part of a query.
  static String part(String text) {
    return encoded(text, "");
  }

  private static String encoded(String text, String kept) {
    var encoded = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char character = (char) (b & 0xff);
      if (isUnreserved(character) || kept.indexOf(character) >= 0) {
        encoded.append(character);
      } else {
        HEX.toHexDigits(encoded.append('%'), b);
      }
    }
    return encoded.toString();
  }

  private static boolean isUnreserved(char character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || "-._~".indexOf(character) >= 0;
  }

  /// A percent sign without two digits behind it stands for itself.
  static String decoded(String text) {
    var bytes = new ByteArrayOutputStream();
    var written = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < written.length; i++) {
      boolean escaped =
          written[i] == '%'
              && i + 2 < written.length
              && HexFormat.isHexDigit(written[i + 1])
              && HexFormat.isHexDigit(written[i + 2]);
      if (escaped) {
        bytes.write(
            HexFormat.fromHexDigit(written[i + 1]) << 4 | HexFormat.fromHexDigit(written[i + 2]));
        i += 2;
      } else {
        bytes.write(written[i]);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
