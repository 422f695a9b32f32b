package dev.ocij.buildah.text;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;

/// What is wrong in a Containerfile, and where. The sentence is `file:line:column: what was found;
/// what would help`.
public final class ContainerfileException extends OciException {
  private final transient Position at;
  private final String found;
  private final String help;

  /// @param help what would help, or empty
  public ContainerfileException(Position at, String found, String help) {
    super(Category.INVALID, at + ": " + withHelp(found, help));
    this.at = at;
    this.found = found;
    this.help = help;
  }

  public Position at() {
    return at;
  }

  /// What was found, without the place.
  public String found() {
    return found;
  }

  /// What would help; may be empty.
  public String help() {
    return help;
  }

  /// The sentence, and below it the line with a caret under the place:
  ///
  /// ```
  /// Containerfile:7:6: unknown flag "--form"; did you mean "--from"?
  ///    7 | COPY --form=build /a /b
  ///      |      ^
  /// ```
  public String report() {
    var number = "%4d".formatted(at.line());
    var line = at.lineText();
    var before = line.substring(0, Math.min(at.column() - 1, line.length()));
    return "%s%n%s | %s%n%s | %s^"
        .formatted(
            sentence(),
            number,
            shown(line),
            " ".repeat(number.length()),
            " ".repeat(shown(before).length()));
  }

  private static String shown(String line) {
    return Quoted.escape(line.replace("\t", "    ")).replace("\\\\", "\\");
  }

  private static String withHelp(String found, String help) {
    return help.isEmpty() ? found : found + "; " + help;
  }
}
