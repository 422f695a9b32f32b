package dev.ocij.buildah.run;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Names and ids of containers and volumes.
public final class ContainerNames {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]*");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int ID_BYTES = 32;
  private static final List<String> ADJECTIVES =
      List.of(
          "brave", "calm", "clever", "eager", "early", "fair", "gentle", "happy", "jolly", "keen",
          "kind", "lively", "merry", "mild", "nimble", "proud", "quick", "quiet", "sharp", "sunny",
          "swift", "tidy", "warm", "wise");
  private static final List<String> NOUNS =
      List.of(
          "acorn", "badger", "beech", "birch", "cedar", "crane", "falcon", "fern", "finch", "hazel",
          "heron", "lark", "maple", "marten", "otter", "owl", "pine", "plover", "poplar", "robin",
          "rowan", "sparrow", "swan", "willow");

  private ContainerNames() {}

  /// 64 hexadecimal digits that nobody has had before.
  public static String newId() {
    var bytes = new byte[ID_BYTES];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /// Such as `calm_otter`, with a number where that is taken.
  static String generate(Predicate<String> taken) {
    var name =
        ADJECTIVES.get(RANDOM.nextInt(ADJECTIVES.size()))
            + "_"
            + NOUNS.get(RANDOM.nextInt(NOUNS.size()));
    var free = name;
    for (int i = 1; taken.test(free); i++) {
      free = name + i;
    }
    return free;
  }

  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /// The name, which must be one.
  public static String check(String name) {
    if (!isName(name)) {
      throw new OciException(
          OciException.Category.USAGE,
          "names must match [a-zA-Z0-9][a-zA-Z0-9_.-]*: invalid argument: " + Quoted.of(name));
    }
    return name;
  }
}
