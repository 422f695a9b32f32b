package dev.ocij.buildah.plan;

import dev.ocij.buildah.instruction.Arg;
import dev.ocij.buildah.instruction.From;
import dev.ocij.buildah.instruction.Instruction;
import dev.ocij.spec.OciException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The instructions of a Containerfile, cut before each FROM.
///
/// @param global the ARGs before the first FROM
record StageGroups(List<Arg> global, List<Group> stages) {
  /// @param instructions those behind FROM
  record Group(From from, List<Instruction> instructions) {}

  static StageGroups of(List<Instruction> instructions) {
    var global = new ArrayList<Arg>();
    var stages = new ArrayList<Group>();
    for (var instruction : instructions) {
      if (instruction instanceof From from) {
        stages.add(new Group(from, new ArrayList<>()));
      } else if (!stages.isEmpty()) {
        stages.getLast().instructions().add(instruction);
      } else if (instruction instanceof Arg arg) {
        global.add(arg);
      } else {
        throw instruction
            .written()
            .error("an instruction before the first FROM", "only ARG may stand there");
      }
    }
    if (stages.isEmpty()) {
      throw new OciException(
          OciException.Category.INVALID,
          "read Containerfile: no FROM in it; begin with one, as in FROM scratch");
    }
    return new StageGroups(global, stages);
  }

  /// The names of the stages by index; empty for those without one.
  List<String> names() {
    return stages.stream()
        .map(group -> Objects.requireNonNullElse(group.from().name(), ""))
        .toList();
  }
}
