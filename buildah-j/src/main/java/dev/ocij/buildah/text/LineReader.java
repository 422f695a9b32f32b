package dev.ocij.buildah.text;

import dev.ocij.spec.Quoted;
import java.util.ArrayList;
import java.util.List;

/// Joins the lines of a file that belong together.
final class LineReader {
  private static final char UNDECODABLE = '\uFFFD';

  private final SourceFile file;
  private final char escape;
  private final List<Position> gaps = new ArrayList<>();
  private int offset;

  LineReader(SourceFile file, char escape) {
    this.file = file;
    this.escape = escape;
  }

  List<LogicalLine> read() {
    var lines = new ArrayList<LogicalLine>();
    while (hasNext()) {
      var line = next();
      if (!line.isBlank() && !line.isComment()) {
        readFrom(line, lines);
      }
    }
    return lines;
  }

  /// The empty lines between a line and one that continues it.
  List<Position> gaps() {
    return gaps;
  }

  private void readFrom(PhysicalLine line, List<LogicalLine> lines) {
    var text = join(line);
    if (text.isEmpty()) {
      return;
    }
    int broken = text.toString().indexOf(UNDECODABLE);
    if (broken >= 0) {
      throw text.substring(broken).error("not UTF-8", "save the file in that encoding");
    }
    var heredocs = HeredocMarker.in(text, escape).stream().map(this::heredoc).toList();
    lines.add(new LogicalLine(text, heredocs));
  }

  /// A line with those that continue it; comments and empty lines between them do not count.
  private SourceText join(PhysicalLine first) {
    var parts = new ArrayList<SourceText>();
    var line = first;
    int start = first.indented();
    while (endsWithEscape(line, start)) {
      parts.add(line.from(start).substring(0, lastEscape(line) - start));
      if (!skipToContinuation()) {
        return SourceText.join(parts).strip();
      }
      line = next();
      start = line.start();
    }
    parts.add(line.from(start));
    return SourceText.join(parts).strip();
  }

  private boolean skipToContinuation() {
    var empty = new ArrayList<Position>();
    while (hasNext()) {
      var line = file.lineAt(offset);
      if (!line.isBlank() && !line.isComment()) {
        gaps.addAll(empty);
        return true;
      }
      if (line.isBlank()) {
        empty.add(new Position(file, offset));
      }
      offset = line.next();
    }
    return false;
  }

  /// Whether the last character but spaces is an escape character that no other one precedes.
  private boolean endsWithEscape(PhysicalLine line, int start) {
    int last = lastEscape(line);
    return last >= start
        && file.text().charAt(last) == escape
        && (last == start || file.text().charAt(last - 1) != escape);
  }

  private int lastEscape(PhysicalLine line) {
    return line.start() + line.value().stripTrailing().length() - 1;
  }

  private Heredoc heredoc(HeredocMarker marker) {
    int start = offset;
    while (hasNext()) {
      var line = next();
      if (marker.isEndedBy(line)) {
        return marker.with(SourceText.of(file, start, line.start()));
      }
    }
    throw marker
        .text()
        .error(
            "document %s does not end".formatted(Quoted.of(marker.name())),
            "end it with a line that holds nothing but its name");
  }

  private boolean hasNext() {
    return offset < file.text().length();
  }

  private PhysicalLine next() {
    var line = file.lineAt(offset);
    offset = line.next();
    return line;
  }
}
