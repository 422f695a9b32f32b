package dev.ocij.buildah.plan;

import dev.ocij.buildah.instruction.Add;
import dev.ocij.buildah.instruction.Copy;
import dev.ocij.buildah.instruction.Instruction;
import dev.ocij.spec.Quoted;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Looks for sources of COPY and ADD that the ignore file leaves out.
///
/// @param ignored whether it does so with a path of the build context
record SourceChecks(Predicate<String> ignored) {
  /// What is known as it stands: no pattern, no variable, no address.
  private static final Pattern PLAIN = Pattern.compile("[^*?\\[\\\\$:]+");

  List<Finding> of(Instruction instruction) {
    var sources =
        switch (instruction) {
          case Copy copy when copy.from() == null -> copy.paths().sources();
          case Add add -> add.paths().sources();
          default -> List.<CharSequence>of();
        };
    return sources.stream()
        .map(CharSequence::toString)
        .filter(source -> PLAIN.matcher(source).matches() && isIgnored(source))
        .map(source -> Finding.of(instruction, Rule.COPY_IGNORED_FILE, sentence(source)))
        .toList();
  }

  private boolean isIgnored(String source) {
    var path = source.replaceAll("^(\\.?/)+|(/\\.?)+$", "");
    return !path.isEmpty() && !path.equals(".") && ignored.test(path);
  }

  private static String sentence(String source) {
    return "the ignore file leaves %s out, so that it is not found".formatted(Quoted.of(source));
  }
}
