package dev.ocij.buildah.plan;

import dev.ocij.buildah.instruction.From;
import dev.ocij.buildah.instruction.Instruction;
import dev.ocij.buildah.instruction.Maintainer;
import dev.ocij.buildah.instruction.OnBuild;
import dev.ocij.buildah.text.Containerfile;
import dev.ocij.spec.ContainerConfig;
import java.util.stream.Stream;

/// The instructions that a base image leaves for builds on it. Their text is a stranger's: it is
/// parsed as strictly as any.
final class Triggers {
  private Triggers() {}

  static Stream<Instruction> of(ContainerConfig base) {
    return base.onBuild().stream()
        .flatMap(text -> Instruction.parseAll(Containerfile.parse("ONBUILD", text)).stream())
        .map(Triggers::checked);
  }

  private static Instruction checked(Instruction instruction) {
    return switch (instruction) {
      case From _, OnBuild _, Maintainer _ ->
          throw instruction
              .written()
              .error("this instruction may not follow ONBUILD", "the base image is broken");
      default -> instruction;
    };
  }
}
