package dev.ocij.buildah.plan;

import dev.ocij.buildah.instruction.From;
import dev.ocij.buildah.instruction.Instruction;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One stage: what it starts with, and its instructions.
///
/// @param base what FROM names, expanded
/// @param platform what FROM's flag says, expanded; null without it
/// @param instructions without FROM
/// @param needs the indexes of the stages that it starts with, copies from or mounts
public record Stage(
    int index,
    From from,
    Origin base,
    @Nullable String platform,
    List<Instruction> instructions,
    Set<Integer> needs) {
  public Stage {
    instructions = List.copyOf(instructions);
    needs = Set.copyOf(needs);
  }

  Stage needing(int other) {
    var more = new HashSet<>(needs);
    more.add(other);
    return new Stage(index, from, base, platform, instructions, more);
  }

  public @Nullable String name() {
    return from.name();
  }
}
