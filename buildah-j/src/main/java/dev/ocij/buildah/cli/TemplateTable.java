package dev.ocij.buildah.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.spec.Json;
import dev.ocij.term.Table;
import dev.ocij.term.template.GoTemplate;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/// Rows by a template. Behind `table` it has headings too; what stands between two fields with only
/// spaces between them is in columns.
///
/// @param titles the headings of fields
record TemplateTable(Map<String, String> titles) {
  private static final String TABLE = "table ";
  private static final String BETWEEN = "\\}\\}[ \t]+\\{\\{";

  void print(PrintWriter out, String format, List<ObjectNode> rows) {
    boolean headed = format.startsWith(TABLE);
    var text = (headed ? format.substring(TABLE.length()).strip() : format).replace("\\t", "\t");
    var template = GoTemplate.parse(text.replaceAll(BETWEEN, "}}\t{{"));
    var table = new Table();
    if (headed) {
      var headings = Json.object();
      titles.forEach(headings::put);
      table.row(template.render(headings).split("\t", -1));
    }
    rows.forEach(row -> table.row(template.render(row).split("\t", -1)));
    out.print(table);
  }
}
