package dev.ocij.buildah.instruction;

import dev.ocij.buildah.text.SourceText;
import dev.ocij.spec.Quoted;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Begins a stage: `FROM [--platform=P] IMAGE [AS NAME]`.
///
/// @param image an image, an earlier stage or a named context; may hold variables
/// @param name in lower case
public record From(
    Written written, @Nullable SourceText platform, SourceText image, @Nullable String name)
    implements Instruction {
  private static final Flags.Known FLAGS = Flags.NONE.with(Flags.Use.ONCE, "platform");
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_.-]*");
  private static final String FORM = "FROM IMAGE [AS NAME]";

  static From parse(Statement statement) {
    var platform = FLAGS.check(statement).text("platform");
    var words = statement.requiredAfterFlags(FORM).words();
    var name =
        switch (words.size()) {
          case 1 -> null;
          case 3 -> name(words);
          default ->
              throw words
                  .get(1)
                  .error("FROM with %d words".formatted(words.size()), "expected " + FORM);
        };
    return new From(statement.written(), platform, words.getFirst(), name);
  }

  private static String name(List<SourceText> words) {
    if (!words.get(1).toString().equalsIgnoreCase("AS")) {
      throw words
          .get(1)
          .error(
              "%s where AS belongs".formatted(Quoted.of(words.get(1).toString())),
              "expected " + FORM);
    }
    var name = words.get(2).toString().toLowerCase(Locale.ROOT);
    if (!NAME.matcher(name).matches()) {
      throw words
          .get(2)
          .error(
              "invalid stage name " + Quoted.of(name),
              "it begins with a letter and goes on with letters, digits, '_', '.' and '-'");
    }
    return name;
  }
}
