package dev.ocij.term;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Rows in columns, as the peers print them: each column as wide as its widest cell, three spaces
/// between, nothing after the last.
public final class Table {
  private static final int GAP = 3;

  private final List<List<String>> rows = new ArrayList<>();

  /// Adds a row; all rows have the same number of cells.
  public Table row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  /// The lines, each ended.
  @Override
  public String toString() {
    var widths = widths();
    return rows.stream().map(row -> line(row, widths) + "\n").collect(Collectors.joining());
  }

  private List<Integer> widths() {
    int columns = rows.isEmpty() ? 0 : rows.getFirst().size();
    return IntStream.range(0, columns)
        .mapToObj(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
        .toList();
  }

  private static String line(List<String> row, List<Integer> widths) {
    var line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      var cell = row.get(column);
      line.append(cell);
      if (column < row.size() - 1) {
        line.repeat(" ", widths.get(column) - cell.length() + GAP);
      }
    }
    return line.toString();
  }
}
