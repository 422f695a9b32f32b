package dev.ocij.trust.simple;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Libgcrypt's S-expressions, canonical or for people: a list of byte strings and further lists.
///
/// @param parts `byte[]` and [SExpression]; not to be changed
record SExpression(List<Object> parts) {
  private static final int DEEPEST = 16;

  SExpression {
    parts = List.copyOf(parts);
  }

  /// The first one in some bytes; what is behind it is padding.
  ///
  /// @throws IllegalArgumentException where there is none
  static SExpression parse(byte[] bytes) {
    var reader = new Reader(bytes);
    reader.space();
    if (reader.next() != '(') {
      throw new IllegalArgumentException("no S-expression");
    }
    return reader.list(0);
  }

  /// The first word; empty where there is none.
  String name() {
    return parts.isEmpty() ? "" : text(0);
  }

  String text(int index) {
    return parts.get(index) instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.ISO_8859_1)
        : "";
  }

  byte[] bytes(int index) {
    if (index < parts.size() && parts.get(index) instanceof byte[] bytes) {
      return bytes;
    }
    throw new IllegalArgumentException("an S-expression lacks a value");
  }

  SExpression list(int index) {
    if (index < parts.size() && parts.get(index) instanceof SExpression list) {
      return list;
    }
    throw new IllegalArgumentException("an S-expression lacks a list");
  }

  /// The list inside that begins with this word.
  Optional<SExpression> find(String name) {
    return parts.stream()
        .filter(SExpression.class::isInstance)
        .map(SExpression.class::cast)
        .filter(list -> list.name().equals(name))
        .findFirst();
  }

  SExpression without(String name) {
    return new SExpression(
        parts.stream()
            .filter(part -> !(part instanceof SExpression list && list.name().equals(name)))
            .toList());
  }

  byte[] canonical() {
    var out = new ByteArrayOutputStream();
    out.write('(');
    for (var part : parts) {
      if (part instanceof byte[] bytes) {
        out.writeBytes((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(bytes);
      } else {
        out.writeBytes(((SExpression) part).canonical());
      }
    }
    out.write(')');
    return out.toByteArray();
  }

  private static final class Reader {
    private final byte[] in;
    private int at;

    Reader(byte[] in) {
      this.in = in;
    }

    int next() {
      if (at >= in.length) {
        throw new IllegalArgumentException("an S-expression is truncated");
      }
      return in[at++] & 0xff;
    }

    void space() {
      while (at < in.length && Character.isWhitespace(in[at])) {
        at++;
      }
    }

    SExpression list(int depth) {
      if (depth > DEEPEST) {
        throw new IllegalArgumentException("an S-expression is too deep");
      }
      var parts = new ArrayList<Object>();
      while (true) {
        space();
        int first = next();
        switch (first) {
          case ')' -> {
            return new SExpression(parts);
          }
          case '(' -> parts.add(list(depth + 1));
          case '#' -> parts.add(HexFormat.of().parseHex(until('#').replaceAll("\\s", "")));
          case '"' -> parts.add(quoted());
          default -> parts.add(word());
        }
      }
    }

    private String until(char end) {
      var text = new StringBuilder();
      for (int c = next(); c != end; c = next()) {
        text.append((char) c);
      }
      return text.toString();
    }

    /// `12:` and so many bytes, or a token.
    private byte[] word() {
      at--;
      int from = at;
      while (at < in.length && "()\"#:".indexOf(in[at]) < 0 && !Character.isWhitespace(in[at])) {
        at++;
      }
      var token = new String(in, from, at - from, StandardCharsets.ISO_8859_1);
      if (at >= in.length || in[at] != ':') {
        if (token.isEmpty()) {
          throw new IllegalArgumentException("an S-expression has an unexpected character");
        }
        return token.getBytes(StandardCharsets.ISO_8859_1);
      }
      at++;
      int length = Integer.parseInt(token);
      if (length < 0 || length > in.length - at) {
        throw new IllegalArgumentException("an S-expression is truncated");
      }
      at += length;
      return Arrays.copyOfRange(in, at - length, at);
    }

    private byte[] quoted() {
      var bytes = new ByteArrayOutputStream();
      for (int c = next(); c != '"'; c = next()) {
        if (c == '\\') {
          escape(bytes);
        } else {
          bytes.write(c);
        }
      }
      return bytes.toByteArray();
    }

    private void escape(ByteArrayOutputStream bytes) {
      int c = next();
      switch (c) {
        case 'b' -> bytes.write('\b');
        case 't' -> bytes.write('\t');
        case 'v' -> bytes.write(0x0b);
        case 'n' -> bytes.write('\n');
        case 'f' -> bytes.write('\f');
        case 'r' -> bytes.write('\r');
        case 'x' -> bytes.write(Integer.parseInt("" + (char) next() + (char) next(), 16));
        case '\n', '\r' -> space(); // a line that goes on
        default -> {
          if (c >= '0' && c <= '7') {
            bytes.write(Integer.parseInt("" + (char) c + (char) next() + (char) next(), 8));
          } else {
            bytes.write(c);
          }
        }
      }
    }
  }
}
