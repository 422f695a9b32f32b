package dev.ocij.buildah.build;

import dev.ocij.buildah.cache.CacheFolders;
import dev.ocij.buildah.cache.StepCache;
import dev.ocij.buildah.overlay.BuildFolder;
import dev.ocij.buildah.overlay.StageImage;
import dev.ocij.buildah.overlay.StageLayers;
import dev.ocij.buildah.plan.Stage;
import dev.ocij.buildah.plan.StageGraph;
import dev.ocij.buildah.plan.Step;
import dev.ocij.buildah.text.ContainerfileException;
import dev.ocij.image.Image;
import dev.ocij.spec.Digest;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Reason;
import dev.ocij.store.Locks;
import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/// One build while it goes on: the stages that are done, and what is open until its end.
final class BuildSession implements Closeable {
  private final Workshop workshop;
  private final BuildRequest request;
  private final StageGraph graph;
  private final BuildOutput output;
  private final BuiltStages built = new BuiltStages();
  private final StageLayers layers;
  private final RunExecution runs;
  private final ToldTier tier;
  private final Testimony testimony;
  private final OpenOrigins origins;
  private final StageTools tools;
  private final CacheMounts cacheMounts;
  private final Set<String> cacheIds = new ConcurrentSkipListSet<>();
  private final Locks.Held use;

  BuildSession(Workshop workshop, BuildRequest request, StageGraph graph, BuildOutput output)
      throws IOException {
    this.workshop = workshop;
    this.request = request;
    this.graph = graph;
    this.output = output;
    this.testimony = new Testimony(request, Clock.systemUTC());
    this.layers = new StageLayers(workshop.store().images().blobs());
    this.runs = new RunExecution(workshop.store(), layers, request.runs(), workshop.lent());
    this.tier = new ToldTier(output, runs);
    this.origins = new OpenOrigins(workshop, request, testimony, layers, built);
    this.tools = tools();
    this.cacheMounts = cacheMounts();
    workshop.store().create();
    BuildFolder.sweep(workshop.store().containers());
    this.use = workshop.store().images().use();
  }

  private StageTools tools() {
    var remote =
        new RemoteCache(
            request.cache(),
            workshop.transports(),
            workshop.policy(),
            layers,
            output,
            Clock.systemUTC());
    return new StageTools(
        new Stamp(request.times(), Clock.systemUTC()),
        layers,
        new StepCache(workshop.store().cache().resolve("steps")),
        remote,
        origins,
        workshop.contexts().downloads(),
        new Grants(request.runs()));
  }

  private CacheMounts cacheMounts() {
    return new CacheMounts(
        new CacheFolders(workshop.store().cache().resolve("mounts")),
        workshop.transports(),
        workshop.policy(),
        layers,
        output);
  }

  void tellTier() {
    tier.of(graph, request.say().scanner() != null);
  }

  /// Brings the cache mounts that were carried here.
  void takeCacheMounts() {
    request.cache().mountsFrom().forEach(cacheMounts::take);
  }

  /// Gives away those of the steps that were built, done before or not.
  void giveCacheMounts() throws IOException {
    for (var place : request.cache().mountsTo()) {
      cacheMounts.give(cacheIds, request.platform(), place);
    }
  }

  /// When the stages are built.
  StageSchedule schedule() {
    return new StageSchedule(graph.order(), request.jobs());
  }

  /// What a stage starts from.
  BuiltStage start(Stage stage) throws IOException {
    try {
      return new StageStarts(request, origins, built, layers).of(stage);
    } catch (ContainerfileException e) {
      throw e;
    } catch (OciException e) {
      throw new StepException(stage.from().written().at(), e.category(), e.sentence(), e);
    } catch (IOException e) {
      var at = stage.from().written().at();
      throw new StepException(at, OciException.Category.IO, Reason.of(e), e);
    }
  }

  /// Builds a stage.
  void execute(Stage stage, BuiltStage start, List<Step> steps) throws IOException {
    steps.stream().flatMap(Step::caches).forEach(cacheIds::add);
    tier.of(steps);
    int stages = graph.stages().size();
    int count = steps.size() + 1;
    output.step(stage, stages, 1, count, stage.from().written().line());
    var memory = tools.memory(start.key(), told(stage, stages));
    var execution =
        new StageExecution(
            tools,
            memory,
            start.image(),
            stage.from().image().toString(),
            (step, sources, image, stamp) ->
                runs.execute(step, sources, image, streams(stage), stamp));
    var state = start.state();
    for (int i = 0; i < steps.size(); i++) {
      output.step(stage, stages, i + 2, count, steps.get(i).written().line());
      long begun = System.nanoTime();
      execute(execution, steps.get(i));
      output.done(stage, stages, Duration.ofNanos(System.nanoTime() - begun));
      state = steps.get(i).after();
    }
    built.put(stage.index(), new BuiltStage(execution.image(), state, memory.key()));
  }

  private StageMemory.Told told(Stage stage, int stages) {
    return new StageMemory.Told() {
      @Override
      public void cached(Digest key) {
        output.cached(stage, stages, key);
      }

      @Override
      public void missed(Miss why) {
        output.missed(stage, stages, why);
      }
    };
  }

  private CommandStreams streams(Stage stage) {
    var mark = schedule().isParallel() ? output.mark(stage, graph.stages().size()) : "";
    return new CommandStreams(workshop.stdio(), mark);
  }

  /// A failure tells in which step it came, and where that stands.
  private static void execute(StageExecution execution, Step step) throws IOException {
    try {
      execution.execute(step);
    } catch (StepException | ContainerfileException e) {
      throw e;
    } catch (OciException e) {
      throw failed(step, e.category(), e.sentence(), e);
    } catch (IOException e) {
      throw failed(step, OciException.Category.IO, Reason.of(e), e);
    }
  }

  private static StepException failed(
      Step step, OciException.Category category, String found, Exception cause) {
    var written = step.written();
    var attempt = "building at STEP \"%s\": %s".formatted(written.line(), written.at());
    return new StepException(written.at(), category, attempt + ": " + found, cause);
  }

  /// The image of the target, as it is in the store while this is open; its files are where they
  /// were wanted, too.
  BuiltImage finished() throws IOException {
    var billed = billed(images().target());
    var finished = billed.image();
    for (var each : request.outputs()) {
      each.write(finished, layers);
    }
    var image = finished.toImage(MediaType.OCI_MANIFEST);
    var id = image.manifest().config().digest();
    var downloads = workshop.contexts().downloads();
    return new BuiltImage(
        image, testimony.of(finished, id, layers, downloads, billed.bill()), billed.bill());
  }

  private StageImage finished(StageImage target) throws IOException {
    return request.finish().apply(squashed(target));
  }

  private BillMaking.Billed billed(StageImage target) throws IOException {
    var written = request.say().written();
    if (written == null) {
      return new BillMaking.Billed(finished(target), null);
    }
    var scan = new Scan(workshop.store(), layers, request.runs(), workshop.stdio());
    return new BillMaking(written, scan, layers, tools.stamp()).of(target, this::finished, origins);
  }

  /// The images of further stages that are wanted.
  List<Image> kept() {
    return images().kept();
  }

  private StageImages images() {
    return new StageImages(request, graph, built);
  }

  private StageImage squashed(StageImage image) throws IOException {
    return request.squash() ? image.squashed(layers.squash(image.layers())) : image;
  }

  @Override
  public void close() throws IOException {
    try (use;
        runs) {
      origins.close();
    }
  }
}
