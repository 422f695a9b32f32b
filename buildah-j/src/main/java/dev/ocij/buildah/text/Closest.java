package dev.ocij.buildah.text;

import dev.ocij.spec.Quoted;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/// Finds what somebody meant who typed something else.
public final class Closest {
  private static final int LONGEST = 64;

  private Closest() {}

  /// `did you mean "…"?` with the known word that is nearest to the typed one, in any case of
  /// letters; else the known words; empty where there are none.
  public static String suggestion(String typed, Collection<String> known) {
    var meant = question(typed, known);
    return meant.isEmpty() && !known.isEmpty() ? "known are " + String.join(", ", known) : meant;
  }

  /// `did you mean "…"?`, or empty where no known word is near.
  public static String question(String typed, Collection<String> known) {
    return known.stream()
        .filter(word -> isNear(typed, word))
        .min(Comparator.comparingInt(word -> distance(typed, word)))
        .map(word -> "did you mean %s?".formatted(Quoted.of(word)))
        .orElse("");
  }

  /// Words that share nothing are not near, however short they are.
  private static boolean isNear(String typed, String word) {
    if (typed.length() > LONGEST) {
      return false;
    }
    int distance = distance(typed, word);
    return distance <= Math.max(1, (word.length() + 1) / 3)
        && distance < Math.max(typed.length(), word.length());
  }

  /// How many characters must be put in, left out, changed or swapped with their neighbour.
  private static int distance(String typed, String word) {
    var a = typed.toLowerCase(Locale.ROOT);
    var b = word.toLowerCase(Locale.ROOT);
    var rows = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        rows[i][j] = i == 0 || j == 0 ? i + j : cell(rows, a, b, i, j);
      }
    }
    return rows[a.length()][b.length()];
  }

  private static int cell(int[][] rows, String a, String b, int i, int j) {
    int change = rows[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int least = Math.min(change, Math.min(rows[i - 1][j], rows[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, rows[i - 2][j - 2] + 1) : least;
  }
}
