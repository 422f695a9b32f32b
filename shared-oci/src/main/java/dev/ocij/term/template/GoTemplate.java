package dev.ocij.term.template;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.OciException;

/// Go's `text/template`, as `--format` options take it: fields, pipelines, `if`, `with`, `range`,
/// `define`, variables, functions (`json`, `join`, `index`, `printf` …), and the methods of times
/// and digests.
///
/// The data is JSON. The outermost object, and each below whose keys are all capitalised, is a
/// struct: a field that it lacks is an error, for it is a mistyped one. Any other object is a map:
/// what it lacks prints as `<no value>`.
public final class GoTemplate {
  private final String text;
  private final TemplateParser.Parsed parsed;

  private GoTemplate(String text) {
    this.text = text;
    this.parsed = TemplateParser.parse(text);
  }

  /// @throws OciException of category `USAGE`, naming line and column
  public static GoTemplate parse(String text) {
    return new GoTemplate(text);
  }

  /// @throws OciException of category `USAGE`, naming line and column, where the data has no such
  ///   field or a function cannot take its arguments
  public String render(JsonNode data) {
    return new TemplateEvaluator(text, parsed, data).render();
  }
}
