package dev.ocij.buildah.instruction;

import dev.ocij.spec.Quoted;

/// Leaves an instruction for builds that start from this image.
///
/// @param trigger already checked
public record OnBuild(Written written, Instruction trigger) implements Instruction {
  static OnBuild parse(Statement statement) {
    var trigger = statement.required("ONBUILD INSTRUCTION");
    var inner = statement.inner();
    return switch (Keyword.of(inner.keyword())) {
      case ONBUILD, FROM, MAINTAINER ->
          throw trigger.error(
              "%s may not follow ONBUILD".formatted(Quoted.of(inner.keyword().toString())), "");
      default -> new OnBuild(statement.written(), Instruction.parse(inner));
    };
  }
}
