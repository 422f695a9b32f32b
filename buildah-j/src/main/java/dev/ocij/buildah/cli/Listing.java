package dev.ocij.buildah.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.term.template.GoTemplate;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// How a command lists things: by a Go template for each, or by one behind `table`, which has
/// headings and columns.
///
/// @param usual the template where nobody gives one
/// @param titles the headings that are not the field's own name
public record Listing(String usual, Map<String, String> titles) {
  private static final String TABLE = "table ";

  /// The template of a table with a column for each of these fields.
  public static String table(List<String> fields) {
    return fields.stream().map("{{.%s}}"::formatted).collect(Collectors.joining("\t", TABLE, ""));
  }

  /// @param format as it was given; empty for the usual one
  /// @param headings whether a table has a line of them
  /// @param rows what the template sees of each
  public void print(PrintWriter out, String format, boolean headings, List<ObjectNode> rows) {
    var text = format.isEmpty() ? usual : format;
    if (!text.startsWith(TABLE)) {
      var template = template(text);
      rows.forEach(row -> out.println(template.render(row)));
      return;
    }
    var template = template(text.substring(TABLE.length()).strip());
    var columns = new Columns();
    if (headings && !rows.isEmpty()) {
      columns.row(template.render(headings(rows.getFirst())).split("\t", -1));
    } else if (headings && format.isEmpty()) {
      columns.row(template.render(headings(usualFields())).split("\t", -1));
    }
    rows.forEach(row -> columns.row(template.render(row).split("\t", -1)));
    out.print(columns);
  }

  /// A template as it was typed: shells pass on `\t` and `\n` as they are.
  public static GoTemplate template(String typed) {
    return GoTemplate.parse(typed.replace("\\t", "\t").replace("\\n", "\n"));
  }

  private ObjectNode headings(ObjectNode row) {
    var headings = JsonNodeFactory.instance.objectNode();
    row.fieldNames()
        .forEachRemaining(field -> headings.put(field, titles.getOrDefault(field, title(field))));
    return headings;
  }

  /// The fields that the usual table has, for one that is empty.
  private ObjectNode usualFields() {
    var fields = JsonNodeFactory.instance.objectNode();
    for (var part : usual.split("\\{\\{\\.")) {
      int end = part.indexOf("}}");
      if (end > 0) {
        fields.put(part.substring(0, end), "");
      }
    }
    return fields;
  }

  /// `CreatedAt` is `CREATED AT`.
  private static String title(String field) {
    return field.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toUpperCase(Locale.ROOT);
  }
}
