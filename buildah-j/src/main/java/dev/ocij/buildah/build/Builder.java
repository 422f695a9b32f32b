package dev.ocij.buildah.build;

import dev.ocij.buildah.instruction.Instruction;
import dev.ocij.buildah.plan.Lowering;
import dev.ocij.buildah.plan.StageGraph;
import dev.ocij.spec.Digest;
import java.io.IOException;

/// The build flow, from text to an image at its destinations.
///
/// @param workshop what a build works with: the store, the build context, the ways to other images
public record Builder(Workshop workshop, BuildOutput output) {
  /// Builds the stages that the target needs, then copies the image to where it is wanted.
  ///
  /// @return the image's id, the digest of its configuration
  /// @throws dev.ocij.buildah.text.ContainerfileException where the text cannot be followed
  /// @throws CommandFailedException where a RUN fails
  public Digest build(BuildRequest request) throws IOException {
    var instructions =
        request.files().stream().flatMap(file -> Instruction.parseAll(file).stream()).toList();
    var graph = StageGraph.of(instructions, request.plan());
    graph.unconsumed().forEach(output::unconsumed);
    try (var session = new BuildSession(workshop, request, graph, output)) {
      session
          .schedule()
          .run(stage -> {
            var start = session.start(stage);
            var steps = new Lowering(graph, stage).steps(start.state());
            session.execute(stage, start, steps);
          });
      return session.deliver();
    }
  }
}
