package dev.ocij.layer.chunked;

/// The CRC of ISO 3309 with 64 bits, by which tar-split knows files.
final class Crc64 {
  private static final long POLYNOMIAL = 0xD800000000000000L;
  private static final long[] TABLE = table();

  private long inverted = -1;

  void update(byte[] bytes, int offset, int length) {
    long crc = inverted;
    for (int i = offset; i < offset + length; i++) {
      crc = TABLE[(int) (crc ^ bytes[i]) & 0xff] ^ (crc >>> 8);
    }
    inverted = crc;
  }

  long value() {
    return ~inverted;
  }

  private static long[] table() {
    var table = new long[256];
    for (int i = 0; i < table.length; i++) {
      long crc = i;
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ POLYNOMIAL;
      }
      table[i] = crc;
    }
    return table;
  }
}
