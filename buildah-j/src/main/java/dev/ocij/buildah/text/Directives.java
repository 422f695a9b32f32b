package dev.ocij.buildah.text;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The parser directives at the top of a Containerfile, each in a comment of its own: any other
/// line ends them.
///
/// @param escape the character that continues lines and takes away the meaning of the next one
/// @param syntax the frontend that BuildKit would use; never loaded here
/// @param check what BuildKit's build checks are told
public record Directives(char escape, @Nullable String syntax, @Nullable String check) {
  private static final Pattern DIRECTIVE =
      Pattern.compile("#\\s*([a-zA-Z][a-zA-Z0-9]*)\\s*=\\s*(\\S.*?)\\s*");
  private static final List<String> KNOWN = List.of("escape", "syntax", "check");

  public static Directives parse(SourceFile file) {
    var found = new HashMap<String, SourceText>();
    for (var line = file.lineAt(0); find(line, found); line = file.lineAt(line.next())) {}
    return new Directives(
        escape(found.get("escape")), text(found.get("syntax")), text(found.get("check")));
  }

  private static boolean find(PhysicalLine line, Map<String, SourceText> found) {
    var matcher = DIRECTIVE.matcher(line.value());
    if (!matcher.matches()) {
      return false;
    }
    var name = matcher.group(1).toLowerCase(Locale.ROOT);
    var value = line.from(line.start() + matcher.start(2)).substring(0, matcher.group(2).length());
    if (!KNOWN.contains(name)) {
      return false;
    }
    if (found.put(name, value) != null) {
      throw value.error("parser directive \"%s\" stands twice".formatted(name), "keep one");
    }
    return true;
  }

  private static char escape(@Nullable SourceText value) {
    if (value == null) {
      return '\\';
    }
    return switch (value.toString()) {
      case "\\" -> '\\';
      case "`" -> '`';
      default -> throw value.error("invalid escape character", "it is either \\ or `");
    };
  }

  private static @Nullable String text(@Nullable SourceText value) {
    return value == null ? null : value.toString();
  }
}
