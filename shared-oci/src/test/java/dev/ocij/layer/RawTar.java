package dev.ocij.layer;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A tar written byte by byte, so that it may be as wrong as a test wants it.
final class RawTar {
  private static final int BLOCK = 512;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  RawTar file(String name, String content) {
    return header(name, '0', Integer.toOctalString(utf8(content).length), "").content(content);
  }

  RawTar directory(String name) {
    return header(name, '5', "0", "");
  }

  RawTar symlink(String name, String target) {
    return header(name, '2', "0", target);
  }

  RawTar hardLink(String name, String target) {
    return header(name, '1', "0", target);
  }

  RawTar device(String name, char type, int major, int minor) {
    var block = block(name, type, "0", "");
    field(block, 329, "%07o".formatted(major));
    field(block, 337, "%07o".formatted(minor));
    return sealed(block);
  }

  /// A header without content; sizes as octal text, or as raw bytes in ISO 8859-1.
  RawTar header(String name, char type, String size, String target) {
    return sealed(block(name, type, size, target));
  }

  RawTar pax(String... records) {
    var content = new StringBuilder();
    for (var record : records) {
      int length = record.length() + 2;
      length += Integer.toString(length + Integer.toString(length).length()).length();
      content.append(length).append(' ').append(record).append('\n');
    }
    return special('x', content.toString());
  }

  RawTar special(char type, String content) {
    return header("special", type, Integer.toOctalString(latin1(content).length), "").raw(content);
  }

  RawTar content(String content) {
    return padded(utf8(content));
  }

  /// Content with one byte for each character.
  RawTar raw(String content) {
    return padded(latin1(content));
  }

  RawTar brokenChecksum(String name) {
    var block = block(name, '0', "0", "");
    field(block, 148, "0000001\0");
    out.writeBytes(block);
    return this;
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  byte[] end() {
    out.writeBytes(new byte[2 * BLOCK]);
    return bytes();
  }

  InputStream open() {
    return new ByteArrayInputStream(end());
  }

  private RawTar padded(byte[] content) {
    out.writeBytes(content);
    out.writeBytes(new byte[Math.floorMod(-content.length, BLOCK)]);
    return this;
  }

  private static byte[] block(String name, char type, String size, String target) {
    var block = new byte[BLOCK];
    field(block, 0, name);
    field(block, 100, type == '5' ? "0000755" : "0000644");
    field(block, 108, "0000000");
    field(block, 116, "0000000");
    field(block, 124, size);
    field(block, 136, "00000000000");
    block[156] = (byte) type;
    field(block, 157, target);
    field(block, 257, "ustar\00000");
    return block;
  }

  private RawTar sealed(byte[] block) {
    Arrays.fill(block, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte b : block) {
      sum += b & 0xff;
    }
    field(block, 148, "%06o\0 ".formatted(sum));
    out.writeBytes(block);
    return this;
  }

  private static void field(byte[] block, int start, String value) {
    var bytes = latin1(value);
    System.arraycopy(bytes, 0, block, start, bytes.length);
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
