package dev.ocij.buildah.build;

import dev.ocij.buildah.instruction.Run;
import dev.ocij.buildah.plan.RunStep;
import dev.ocij.buildah.plan.StageGraph;
import dev.ocij.buildah.plan.Step;
import java.util.List;

/// Tells what a build asks of the machine. The machine is asked about itself only where something
/// runs.
record ToldTier(BuildOutput output, RunExecution runs) {
  /// As far as the Containerfile knows.
  ///
  /// @param scanned whether something runs in any case
  void of(StageGraph graph, boolean scanned) {
    boolean something =
        scanned
            || graph.order().stream()
                .flatMap(stage -> stage.instructions().stream())
                .anyMatch(Run.class::isInstance);
    output.tier(() -> something ? runs.tier() : Tier.NOTHING_RUNS);
  }

  /// A base may have left a RUN for builds on it.
  void of(List<Step> steps) {
    if (steps.stream().anyMatch(RunStep.class::isInstance)) {
      output.tier(runs::tier);
    }
  }
}
