package dev.ocij.trust;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every parser, with inputs made from good ones by the same dice each time: it answers or refuses.
/// `.ci/fuzz` searches longer, by Jazzer.
class FuzzTest {
  private static final int ROUNDS = 3000;
  private static final int LONGEST = 64 << 10;

  static List<String> names() {
    return FuzzTargets.all().stream().map(FuzzTarget::name).toList();
  }

  @ParameterizedTest
  @MethodSource("names")
  void answers_or_refuses(String name) {
    var target =
        FuzzTargets.all().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    var dice = new Random(name.hashCode());
    for (var seed : target.seeds()) {
      target.parser().accept(seed);
      for (int round = 0; round < ROUNDS; round++) {
        var input = mutated(seed, dice);
        assertThatCode(() -> target.run(input))
            .as("%s of %s", name, HexFormat.of().formatHex(input))
            .doesNotThrowAnyException();
      }
    }
  }

  /// One to four changes: a bit, a byte, a piece cut out, doubled or set to one value, the end cut.
  private static byte[] mutated(byte[] seed, Random dice) {
    var bytes = seed.clone();
    int changes = 1 + dice.nextInt(4);
    for (int i = 0; i < changes && bytes.length > 0 && bytes.length < LONGEST; i++) {
      int at = dice.nextInt(bytes.length);
      int length = 1 + dice.nextInt(Math.min(32, bytes.length - at));
      bytes =
          switch (dice.nextInt(6)) {
            case 0 -> set(bytes, at, 1, bytes[at] ^ 1 << dice.nextInt(8));
            case 1 -> set(bytes, at, 1, dice.nextInt(256));
            case 2 -> replaced(bytes, at, at + length, new byte[0]);
            case 3 -> replaced(bytes, at, at, Arrays.copyOfRange(bytes, at, at + length));
            case 4 -> set(bytes, at, length, dice.nextBoolean() ? 0 : 0xff);
            default -> Arrays.copyOf(bytes, at);
          };
    }
    return bytes;
  }

  private static byte[] set(byte[] bytes, int at, int length, int value) {
    Arrays.fill(bytes, at, at + length, (byte) value);
    return bytes;
  }

  private static byte[] replaced(byte[] bytes, int from, int to, byte[] by) {
    var all = new byte[bytes.length - (to - from) + by.length];
    System.arraycopy(bytes, 0, all, 0, from);
    System.arraycopy(by, 0, all, from, by.length);
    System.arraycopy(bytes, to, all, from + by.length, bytes.length - to);
    return all;
  }
}
