package dev.ocij.buildah.build;

import dev.ocij.buildah.base.BaseImages;
import dev.ocij.buildah.cache.CacheKey;
import dev.ocij.buildah.cache.StepCache;
import dev.ocij.buildah.context.StageTree;
import dev.ocij.buildah.overlay.CopySource;
import dev.ocij.buildah.overlay.StageImage;
import dev.ocij.buildah.overlay.StageLayers;
import dev.ocij.buildah.plan.Origin;
import dev.ocij.buildah.plan.Stage;
import dev.ocij.buildah.plan.StageGraph;
import dev.ocij.buildah.plan.StageState;
import dev.ocij.buildah.plan.Step;
import dev.ocij.buildah.text.ContainerfileException;
import dev.ocij.copy.Progress;
import dev.ocij.spec.ContainerConfig;
import dev.ocij.spec.Digest;
import dev.ocij.spec.Json;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Reason;
import dev.ocij.store.Locks;
import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// One build while it goes on: the stages that are done, and what is open until its end.
final class BuildSession implements Closeable {
  private final Workshop workshop;
  private final BuildRequest request;
  private final StageGraph graph;
  private final BuildOutput output;
  private final BaseImages bases;
  private final StageLayers layers;
  private final RunExecution runs;
  private final Locks.Held use;
  private final Map<Integer, BuiltStage> built = new HashMap<>();

  BuildSession(Workshop workshop, BuildRequest request, StageGraph graph, BuildOutput output)
      throws IOException {
    this.workshop = workshop;
    this.request = request;
    this.graph = graph;
    this.output = output;
    this.bases =
        new BaseImages(
            workshop.transports(), workshop.policy(), request.platform(), request.pull());
    this.layers = new StageLayers(workshop.store().images().blobs());
    this.runs =
        new RunExecution(
            workshop.store(), layers, request.network(), workshop.stdio(), workshop.lent());
    workshop.store().create();
    this.use = workshop.store().images().use();
  }

  /// What a stage starts from.
  BuiltStage start(Stage stage) throws IOException {
    return switch (stage.base()) {
      case Origin.OfStage(int index) -> onStage(index);
      case Origin.Scratch() -> onImage(StageImage.scratch(request.platform()));
      case Origin.OfImage(var reference, var help) -> onImage(open(reference, help));
      case Origin.BuildContext(), Origin.NamedContext(_) ->
          throw stage.from().written().error("FROM a build context", "name an image or a stage");
    };
  }

  /// Builds a stage.
  void execute(Stage stage, BuiltStage start, List<Step> steps) throws IOException {
    int stages = graph.stages().size();
    int count = steps.size() + 1;
    output.step(stage, stages, 1, count, stage.from().written().line());
    var execution =
        new StageExecution(
            new Stamp(request.times(), Clock.systemUTC()),
            layers,
            new StepCache(workshop.store().cache().resolve("steps")),
            request.useCache(),
            this::source,
            runs,
            output,
            start.image(),
            start.key(),
            stage.from().image().toString());
    var state = start.state();
    for (int i = 0; i < steps.size(); i++) {
      output.step(stage, stages, i + 2, count, steps.get(i).written().line());
      execute(execution, steps.get(i));
      state = steps.get(i).after();
    }
    built.put(stage.index(), new BuiltStage(execution.image(), state, execution.key()));
  }

  /// A failure tells in which step it came, and where that stands.
  private static void execute(StageExecution execution, Step step) throws IOException {
    try {
      execution.execute(step);
    } catch (CommandFailedException | ContainerfileException e) {
      throw e;
    } catch (OciException e) {
      throw e.during(attempt(step));
    } catch (IOException e) {
      throw new OciException(OciException.Category.IO, attempt(step) + ": " + Reason.of(e), e);
    }
  }

  private static String attempt(Step step) {
    return "building at STEP \"%s\": %s".formatted(step.written().line(), step.written().at());
  }

  /// Copies the image of the target to all destinations.
  Digest deliver() throws IOException {
    var finished = request.finish().apply(squashed(built(graph.target()).image()));
    var image = finished.toImage(MediaType.OCI_MANIFEST);
    var delivery =
        new Delivery(workshop.transports(), Progress.SILENT, request.docker(), List.of());
    var id = image.manifest().config().digest();
    for (var target : request.targets()) {
      output.committing(target);
      delivery.deliver(image, target);
      output.committed(target, id);
    }
    return id;
  }

  private StageImage squashed(StageImage image) throws IOException {
    return request.squash() ? image.squashed(layers.squash(image.layers())) : image;
  }

  private BuiltStage onStage(int index) {
    var parent = built(index);
    return new BuiltStage(parent.image(), StageState.from(parent.state()), parent.key());
  }

  private BuiltStage onImage(StageImage base) {
    var config = base.config().config().with(this::setEnvironment);
    var image = base.withConfig(base.config().withConfig(config));
    var start = CacheKey.base(Digest.of(Json.write(image.config())));
    var times = request.times().identity();
    var key = times.isEmpty() ? start : start.then(times, List.of());
    return new BuiltStage(image, StageState.from(image.config()), key);
  }

  private void setEnvironment(ContainerConfig.Draft draft) {
    for (var variable : request.env()) {
      var parts = variable.split("=", 2);
      draft.setEnv(parts[0], parts[1]);
    }
  }

  private CopySource source(Origin origin) throws IOException {
    return switch (origin) {
      case Origin.BuildContext() -> workshop.context();
      case Origin.NamedContext(var name) -> Objects.requireNonNull(workshop.named().get(name));
      case Origin.OfStage(int index) -> tree(built(index).image());
      case Origin.OfImage(var reference, var help) -> tree(open(reference, help));
      case Origin.Scratch() -> tree(StageImage.scratch(request.platform()));
    };
  }

  private CopySource tree(StageImage image) {
    return new StageTree(layers.tree(image.layers()));
  }

  private StageImage open(String reference, String help) throws IOException {
    try {
      return bases.open(reference).image();
    } catch (OciException e) {
      if (help.isEmpty()) {
        throw e;
      }
      throw new OciException(e.category(), e.sentence() + "; " + help, e);
    }
  }

  private BuiltStage built(int index) {
    var stage = built.get(index);
    if (stage == null) {
      throw new IllegalStateException("stage %d is needed before it is built".formatted(index));
    }
    return stage;
  }

  @Override
  public void close() throws IOException {
    try (use;
        runs) {
      bases.close();
    }
  }
}
