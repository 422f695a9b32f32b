package dev.ocij.layer.chunked;

/// Where content is cut into chunks: by the content itself, so that what was inserted or removed
/// moves the cuts beside it only. Chunks have 16 to 256 KiB, 80 KiB on average; the last one may
/// have less.
final class Cuts {
  static final int LARGEST = 1 << 18;
  private static final int SMALLEST = 1 << 14;

  /// Sixteen bits of the rolling hash, so that one place of 64 Ki fits.
  private static final long MASK = 0xffffL << 48;

  private static final long[] GEAR = gear();

  private Cuts() {}

  /// How many of these bytes the next chunk has.
  ///
  /// @param length as much as is left, at most [#LARGEST]
  static int next(byte[] content, int length) {
    long hash = 0;
    for (int i = Math.min(SMALLEST - Long.SIZE, length); i < length; i++) {
      hash = (hash << 1) + GEAR[content[i] & 0xff];
      if (i >= SMALLEST && (hash & MASK) == 0) {
        return i + 1;
      }
    }
    return length;
  }

  /// Numbers without order, the same ones always (SplitMix64).
  private static long[] gear() {
    var gear = new long[256];
    long state = 0;
    for (int i = 0; i < gear.length; i++) {
      state += 0x9e3779b97f4a7c15L;
      long mixed = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
      mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
      gear[i] = mixed ^ (mixed >>> 31);
    }
    return gear;
  }
}
