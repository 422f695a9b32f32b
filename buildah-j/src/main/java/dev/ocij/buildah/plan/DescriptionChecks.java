package dev.ocij.buildah.plan;

import dev.ocij.buildah.instruction.Arg;
import dev.ocij.buildah.instruction.From;
import dev.ocij.buildah.instruction.Instruction;
import dev.ocij.spec.Quoted;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Looks at comments right above a stage, or an argument outside of one: tools show them as what
/// these are for, if they begin with its name.
final class DescriptionChecks {
  private static final Pattern COMMENT = Pattern.compile("\\s*#\\s*(.*?)\\s*");
  private static final Pattern DIRECTIVE = Pattern.compile("(?i)(syntax|escape|check)\\s*=.*");

  private DescriptionChecks() {}

  static List<Finding> of(Instruction instruction) {
    var name = name(instruction);
    var comment = comment(instruction);
    if (name == null || comment.isEmpty() || comment.get().startsWith(name + " ")) {
      return List.of();
    }
    return List.of(
        Finding.of(
            instruction,
            Rule.INVALID_DEFINITION_DESCRIPTION,
            "begin the comment above with %s, or put an empty line below it"
                .formatted(Quoted.of(name))));
  }

  private static @Nullable String name(Instruction instruction) {
    return switch (instruction) {
      case From from -> from.name();
      case Arg arg -> arg.declarations().getFirst().name();
      default -> null;
    };
  }

  /// The first line of the comments above.
  private static Optional<String> comment(Instruction instruction) {
    var at = instruction.written().at();
    var lines = at.file().text().lines().toList();
    Optional<String> first = Optional.empty();
    for (int i = at.line() - 2; i >= 0; i--) {
      var comment = COMMENT.matcher(lines.get(i));
      if (!comment.matches() || DIRECTIVE.matcher(comment.group(1)).matches()) {
        break;
      }
      first = Optional.of(comment.group(1));
    }
    return first;
  }
}
