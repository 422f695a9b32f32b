package dev.ocij.layer;

import java.util.Comparator;

/// The order of entries in the layers that we write: by path, a directory directly before what it
/// holds, as a walk of the tree would meet them.
public final class EntryOrder {
  /// Compares paths by component, so that `a/b` comes before `a.b`.
  public static final Comparator<String> BY_PATH = EntryOrder::compare;

  /// Entries by their paths.
  public static final Comparator<Entry> ENTRIES = Comparator.comparing(Entry::path, BY_PATH);

  private EntryOrder() {}

  private static int compare(String left, String right) {
    int length = Math.min(left.length(), right.length());
    for (int i = 0; i < length; i++) {
      if (left.charAt(i) != right.charAt(i)) {
        return Integer.compare(rank(left.charAt(i)), rank(right.charAt(i)));
      }
    }
    return Integer.compare(left.length(), right.length());
  }

  /// The separator ends a component, so it comes before all that could continue it.
  private static int rank(char c) {
    return c == '/' ? -1 : c;
  }
}
