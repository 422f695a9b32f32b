package dev.ocij.buildah.cli;

import java.util.ArrayList;
import java.util.List;

/// Rows in columns as podman prints them: two spaces between, and no column but the last below
/// twelve.
public final class Columns {
  private static final int GAP = 2;
  private static final int NARROWEST = 12;

  private final List<List<String>> rows = new ArrayList<>();

  /// Adds a row of any number of cells.
  public void row(String... cells) {
    rows.add(List.of(cells));
  }

  /// The lines, each ended.
  @Override
  public String toString() {
    var text = new StringBuilder();
    for (var row : rows) {
      for (int column = 0; column < row.size() - 1; column++) {
        var cell = row.get(column);
        text.append(cell).repeat(" ", Math.max(0, width(column) - length(cell)));
      }
      text.append(row.getLast()).append('\n');
    }
    return text.toString();
  }

  /// A cell that is the last of its row widens no column.
  private int width(int column) {
    return rows.stream()
        .filter(row -> column < row.size() - 1)
        .mapToInt(row -> Math.max(NARROWEST, length(row.get(column)) + GAP))
        .max()
        .orElse(0);
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
