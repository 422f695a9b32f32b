package dev.ocij.buildah.plan;

import dev.ocij.buildah.instruction.Instruction;
import dev.ocij.buildah.text.Containerfile;
import dev.ocij.spec.ImageConfig;
import dev.ocij.spec.Platform;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;

/// Plans of Containerfiles that tests write down.
final class Plans {
  static final PlanRequest REQUEST = PlanRequest.of(Platform.of("linux", "amd64"));

  private Plans() {}

  static StageGraph graph(String text, PlanRequest request) {
    return StageGraph.of(Instruction.parseAll(Containerfile.parse("C", text)), request);
  }

  static StageGraph graph(String text) {
    return graph(text, REQUEST);
  }

  /// The steps of the target; each base image is an empty one.
  static List<Step> steps(String text, PlanRequest request) {
    return steps(text, request, ImageConfig.scratch(request.platform()));
  }

  static List<Step> steps(String text, PlanRequest request, ImageConfig image) {
    var graph = graph(text, request);
    var ends = new HashMap<Integer, StageState>();
    List<Step> steps = List.of();
    for (var stage : graph.order()) {
      var start =
          stage.base() instanceof Origin.OfStage(int parent)
              ? StageState.from(Objects.requireNonNull(ends.get(parent)))
              : StageState.from(image);
      steps = new Lowering(graph, stage).steps(start);
      ends.put(stage.index(), steps.isEmpty() ? start : steps.getLast().after());
    }
    return steps;
  }

  static List<Step> steps(String text) {
    return steps(text, REQUEST);
  }

  /// The configuration that the target ends with.
  static StageState end(String text) {
    return steps(text).getLast().after();
  }
}
