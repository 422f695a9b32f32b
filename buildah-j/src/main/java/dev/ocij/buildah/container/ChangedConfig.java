package dev.ocij.buildah.container;

import dev.ocij.buildah.instruction.Instruction;
import dev.ocij.buildah.plan.ConfigStep;
import dev.ocij.buildah.plan.Lowering;
import dev.ocij.buildah.plan.PlanRequest;
import dev.ocij.buildah.plan.StageGraph;
import dev.ocij.buildah.plan.StageState;
import dev.ocij.buildah.text.Containerfile;
import dev.ocij.spec.ImageConfig;
import java.util.List;
import java.util.stream.Stream;

/// A configuration after instructions that change nothing else.
public final class ChangedConfig {
  private static final String NAME = "--change";

  private ChangedConfig() {}

  /// @param changes instructions as a Containerfile has them
  /// @throws dev.ocij.buildah.text.ContainerfileException where one does more
  public static ImageConfig by(List<String> changes, ImageConfig config) {
    var from = Instruction.parseAll(Containerfile.parse(NAME, "FROM scratch"));
    var graph = StageGraph.of(from, PlanRequest.of(config.platform()));
    var lowering = new Lowering(graph, graph.stages().getFirst());
    var state = StageState.from(config);
    for (var instruction : changes.stream().flatMap(ChangedConfig::parsed).toList()) {
      var step = lowering.step(instruction, state);
      if (!(step instanceof ConfigStep)) {
        throw instruction
            .written()
            .error("this instruction does more", "change files by copy, add and run");
      }
      state = step.after();
    }
    return state.image();
  }

  private static Stream<Instruction> parsed(String text) {
    return Instruction.parseAll(Containerfile.parse(NAME, text)).stream();
  }
}
