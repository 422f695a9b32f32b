package dev.ocij.buildah.build;

import dev.ocij.buildah.instruction.Instruction;
import dev.ocij.buildah.plan.LateNeedException;
import dev.ocij.buildah.plan.Lowering;
import dev.ocij.buildah.plan.Stage;
import dev.ocij.buildah.plan.StageGraph;
import dev.ocij.buildah.provenance.Said;
import dev.ocij.buildah.provenance.Statements;
import dev.ocij.copy.Fit;
import dev.ocij.copy.Progress;
import dev.ocij.image.Image;
import dev.ocij.spec.Digest;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// The build flow, from text to an image at its destinations.
///
/// @param workshop what a build works with: the store, the build context, the ways to other images
public record Builder(Workshop workshop, BuildOutput output) {
  /// Builds the stages that the target needs, then copies the image to where it is wanted.
  ///
  /// @throws dev.ocij.buildah.text.ContainerfileException where the text cannot be followed
  /// @throws CommandFailedException where a RUN fails
  public BuildResult build(BuildRequest request) throws IOException {
    try (var session = built(request)) {
      var built = session.finished();
      var delivery = delivery(request, List.of(built));
      delivery.keep(session.kept());
      return delivery.deliver(built.image(), request.targets()).withBill(built.bill());
    }
  }

  /// Builds the same for several platforms, one after the other, and copies a list of the images to
  /// where that is wanted.
  ///
  /// @param requests not empty; they differ in their platform alone
  public BuildResult buildList(List<BuildRequest> requests) throws IOException {
    var sessions = new ArrayList<BuildSession>();
    try {
      var images = new ArrayList<BuiltImage>();
      for (var request : requests) {
        if (requests.size() > 1) {
          output.platform(request.platform());
        }
        var session = built(request);
        sessions.add(session);
        images.add(session.finished());
      }
      var last = requests.getLast();
      var delivery = delivery(last, images);
      for (var session : sessions) {
        delivery.keep(session.kept());
      }
      return delivery.deliverList(images.stream().map(BuiltImage::image).toList(), last.targets());
    } finally {
      for (var session : sessions) {
        session.close();
      }
    }
  }

  /// Builds an image that goes nowhere.
  ///
  /// @param use gets the image while its blobs are sure to be there
  public <T> T built(BuildRequest request, Use<T> use) throws IOException {
    try (var session = built(request)) {
      return use.of(session.finished().image());
    }
  }

  /// What is done with a built image.
  @FunctionalInterface
  public interface Use<T> {
    T of(Image image) throws IOException;
  }

  /// A session whose stages are done.
  private BuildSession built(BuildRequest request) throws IOException {
    var instructions =
        request.files().stream().flatMap(file -> Instruction.parseAll(file).stream()).toList();
    var graph = StageGraph.of(instructions, request.plan());
    graph.unconsumed().forEach(output::unconsumed);
    return built(request, graph);
  }

  /// What a base image copies from a stage shows when the image is there: it begins anew then.
  private BuildSession built(BuildRequest request, StageGraph graph) throws IOException {
    var session = new BuildSession(workshop, request, graph, output);
    try {
      session.tellTier();
      session.takeCacheMounts();
      session.schedule().run(stage -> build(session, graph, stage));
      session.giveCacheMounts();
      return session;
    } catch (LateNeedException e) {
      session.close();
      return built(request, graph.with(e));
    } catch (IOException | RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private static void build(BuildSession session, StageGraph graph, Stage stage)
      throws IOException {
    var start = session.start(stage);
    var steps = new Lowering(graph, stage).steps(start.state());
    session.execute(stage, start, steps);
  }

  private BuildDelivery delivery(BuildRequest request, List<BuiltImage> images) {
    var said = new HashMap<Digest, List<Said>>();
    for (var each : images) {
      said.put(each.image().manifest().config().digest(), each.said());
    }
    return new BuildDelivery(
        new Delivery(
            workshop.transports(),
            Progress.SILENT,
            Fit.AS_IT_IS.withDocker(request.docker()),
            request.signers(),
            new Statements(said, request.say().key(), Clock.systemUTC())),
        output);
  }
}
