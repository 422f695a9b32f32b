package dev.ocij.term;

import java.util.ArrayList;
import java.util.List;

/// Text whose cells end at tabs, in columns as the peers' templates for tables give it: at least
/// twelve wide, two spaces at least between, and nothing behind the last cell of a line.
public final class TabbedText {
  private static final int WIDTH = 12;
  private static final int GAP = 2;

  private TabbedText() {}

  public static String aligned(String text) {
    var rows = text.lines().map(line -> line.split("\t", -1)).toList();
    var widths = widths(rows);
    var out = new StringBuilder();
    for (var row : rows) {
      for (int i = 0; i < row.length - 1; i++) {
        out.append(row[i]).repeat(' ', widths.get(i) - length(row[i]));
      }
      out.append(row[row.length - 1]).append('\n');
    }
    return out.toString();
  }

  private static List<Integer> widths(List<String[]> rows) {
    var widths = new ArrayList<Integer>();
    for (var row : rows) {
      for (int i = 0; i < row.length - 1; i++) {
        int width = Math.max(WIDTH, length(row[i]) + GAP);
        if (i == widths.size()) {
          widths.add(width);
        } else {
          widths.set(i, Math.max(width, widths.get(i)));
        }
      }
    }
    return widths;
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
