package dev.ocij.term;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which options a line may mean.
///
/// An option that is not mentioned cannot have been meant, and is not built. A word that is an
/// option's value, or an argument, may mention one too many, which changes nothing.
@FunctionalInterface
interface Mentions {
  /// As for who wants to see them all.
  Mentions ALL = _ -> true;

  /// Whether one of these names of an option is mentioned.
  boolean any(List<String> names);

  static Mentions in(String... line) {
    return new Words(line);
  }

  /// `--name`, `--name=value` and letters that share a `-`, the last one with its value.
  final class Words implements Mentions {
    private final Set<String> words = new HashSet<>();
    private final StringBuilder letters = new StringBuilder();

    private Words(String... line) {
      for (var word : line) {
        if (word.startsWith("--")) {
          int end = word.indexOf('=');
          words.add(end < 0 ? word : word.substring(0, end));
        } else if (word.startsWith("-")) {
          letters.append(word, 1, word.length());
        }
      }
    }

    @Override
    public boolean any(List<String> names) {
      for (var name : names) {
        if (name.startsWith("--")
            ? words.contains(name)
            : letters.indexOf(name.substring(1)) >= 0) {
          return true;
        }
      }
      return false;
    }
  }
}
