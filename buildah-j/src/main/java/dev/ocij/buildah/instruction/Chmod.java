package dev.ocij.buildah.instruction;

import dev.ocij.buildah.text.SourceText;
import dev.ocij.spec.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.regex.Pattern;

/// The mode that `--chmod` gives, as chmod(1) reads it: octal, or symbolic as in `u=rwX,go-w`.
///
/// @param text as it was written
public record Chmod(String text, List<Change> changes) {
  private static final int ALL = 07777;
  private static final Pattern OCTAL = Pattern.compile("0*[0-7]{1,4}");
  private static final Pattern CLAUSE = Pattern.compile("([ugoa]*)((?:[-+=][rwxXstugo]*)+)");
  private static final Pattern ACTION = Pattern.compile("([-+=])([rwxXstugo]*)");

  /// One change of a mode.
  @FunctionalInterface
  public interface Change {
    int apply(int mode, boolean directory);
  }

  public static Chmod parse(SourceText text) {
    return new Chmod(
        text.toString(), OCTAL.matcher(text).matches() ? octal(text.toString()) : symbolic(text));
  }

  /// The mode of a file or directory that had this one.
  public int apply(int mode, boolean directory) {
    int changed = mode;
    for (var change : changes) {
      changed = change.apply(changed, directory);
    }
    return changed;
  }

  private static List<Change> octal(String digits) {
    int mode = Integer.parseInt(digits, 8);
    return List.of((_, _) -> mode);
  }

  private static List<Change> symbolic(SourceText text) {
    var changes = new ArrayList<Change>();
    for (var part : text.toString().split(",", -1)) {
      var clause = CLAUSE.matcher(part);
      if (!clause.matches()) {
        throw text.error(
            "invalid mode " + Quoted.of(text.toString()), "expected one as 0755 or u=rwX,go=rX");
      }
      int who = who(clause.group(1));
      ACTION
          .matcher(clause.group(2))
          .results()
          .forEach(action -> changes.add(change(who, action.group(1), action.group(2))));
    }
    return changes;
  }

  private static Change change(int who, String operator, String letters) {
    return (mode, directory) -> {
      int bits = bits(letters, mode, directory) & who;
      return switch (operator) {
        case "+" -> mode | bits;
        case "-" -> mode & ~bits;
        default -> (mode & ~who) | bits;
      };
    };
  }

  /// The bits that a clause may change.
  private static int who(String letters) {
    return letters.isEmpty() ? ALL : union(letters, Chmod::who);
  }

  private static int who(int letter) {
    return switch (letter) {
      case 'u' -> 04700;
      case 'g' -> 02070;
      case 'o' -> 01007;
      default -> ALL;
    };
  }

  private static int bits(String letters, int mode, boolean directory) {
    return union(letters, letter -> bits(letter, mode, directory));
  }

  private static int bits(int letter, int mode, boolean directory) {
    return switch (letter) {
      case 'r' -> 0444;
      case 'w' -> 0222;
      case 'x' -> 0111;
      case 'X' -> directory || (mode & 0111) != 0 ? 0111 : 0;
      case 's' -> 06000;
      case 't' -> 01000;
      case 'u' -> ((mode >> 6) & 7) * 0111;
      case 'g' -> ((mode >> 3) & 7) * 0111;
      default -> (mode & 7) * 0111;
    };
  }

  private static int union(String letters, IntUnaryOperator bits) {
    return letters.chars().map(bits).reduce(0, (a, b) -> a | b);
  }
}
