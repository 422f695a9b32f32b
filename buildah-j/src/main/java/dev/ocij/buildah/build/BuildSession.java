package dev.ocij.buildah.build;

import dev.ocij.buildah.base.BaseImages;
import dev.ocij.buildah.cache.CacheFolders;
import dev.ocij.buildah.cache.CacheKey;
import dev.ocij.buildah.cache.StepCache;
import dev.ocij.buildah.context.StageTree;
import dev.ocij.buildah.instruction.Mount;
import dev.ocij.buildah.overlay.Additions;
import dev.ocij.buildah.overlay.CopySource;
import dev.ocij.buildah.overlay.Placement;
import dev.ocij.buildah.overlay.StageImage;
import dev.ocij.buildah.overlay.StageLayers;
import dev.ocij.buildah.plan.Origin;
import dev.ocij.buildah.plan.RunMount;
import dev.ocij.buildah.plan.RunStep;
import dev.ocij.buildah.plan.Stage;
import dev.ocij.buildah.plan.StageGraph;
import dev.ocij.buildah.plan.StageState;
import dev.ocij.buildah.plan.Step;
import dev.ocij.buildah.text.ContainerfileException;
import dev.ocij.layer.LayeredTree;
import dev.ocij.spec.ContainerConfig;
import dev.ocij.spec.Digest;
import dev.ocij.spec.History;
import dev.ocij.spec.Json;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Platform;
import dev.ocij.spec.Reason;
import dev.ocij.store.Locks;
import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

/// One build while it goes on: the stages that are done, and what is open until its end.
final class BuildSession implements Closeable {
  private final Workshop workshop;
  private final BuildRequest request;
  private final StageGraph graph;
  private final BuildOutput output;
  private final Map<Platform, BaseImages> bases = new ConcurrentHashMap<>();
  private final StageLayers layers;
  private final RunExecution runs;
  private final ToldTier tier;
  private final RemoteCache remote;
  private final Testimony testimony;
  private final Locks.Held use;
  private final CacheMounts cacheMounts;
  private final Set<String> cacheIds = new ConcurrentSkipListSet<>();
  private final Map<Integer, BuiltStage> built = new ConcurrentHashMap<>();

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
    this.remote =
        new RemoteCache(
            request.cache(),
            workshop.transports(),
            workshop.policy(),
            layers,
            output,
            Clock.systemUTC());
    this.cacheMounts =
        new CacheMounts(
            new CacheFolders(workshop.store().cache().resolve("mounts")),
            workshop.transports(),
            workshop.policy(),
            layers,
            output);
    workshop.store().create();
    this.use = workshop.store().images().use();
  }

  void tellTier() {
    tier.of(graph);
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

  private void noteCaches(List<Step> steps) {
    for (var step : steps) {
      if (step instanceof RunStep run) {
        run.mounts().stream()
            .map(RunMount::mount)
            .filter(Mount.Cache.class::isInstance)
            .forEach(mount -> cacheIds.add(((Mount.Cache) mount).id()));
      }
    }
  }

  /// When the stages are built.
  StageSchedule schedule() {
    return new StageSchedule(graph.order(), request.jobs());
  }

  /// What a stage starts from.
  BuiltStage start(Stage stage) throws IOException {
    return switch (stage.base()) {
      case Origin.OfStage(int index) -> onStage(index);
      case Origin.Scratch() -> onImage(StageImage.scratch(platform(stage)));
      case Origin.OfImage(var reference, var help) ->
          onImage(open(reference, help, platform(stage)));
      case Origin.BuildContext() ->
          throw stage.from().written().error("FROM a build context", "name an image or a stage");
      case Origin.NamedContext(var name) -> onFiles(named(name));
    };
  }

  /// Builds a stage.
  void execute(Stage stage, BuiltStage start, List<Step> steps) throws IOException {
    noteCaches(steps);
    tier.of(steps);
    int stages = graph.stages().size();
    int count = steps.size() + 1;
    output.step(stage, stages, 1, count, stage.from().written().line());
    var memory =
        new StageMemory(
            new StepCache(workshop.store().cache().resolve("steps")),
            remote,
            layers,
            told(stage, stages),
            start.key());
    var execution =
        new StageExecution(
            new Stamp(request.times(), Clock.systemUTC()),
            layers,
            memory,
            this::source,
            workshop.contexts().downloads(),
            new Grants(request.runs()),
            (step, sources, image, stamp) ->
                runs.execute(step, sources, image, streams(stage), stamp),
            start.image(),
            stage.from().image().toString());
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

  /// The image of the target, as it is in the store while this is open; its files are where they
  /// were wanted, too.
  BuiltImage finished() throws IOException {
    var finished = request.finish().apply(squashed(built(graph.target()).image()));
    for (var each : request.outputs()) {
      each.write(finished, layers);
    }
    var image = finished.toImage(MediaType.OCI_MANIFEST);
    var id = image.manifest().config().digest();
    var downloads = workshop.contexts().downloads();
    return new BuiltImage(image, testimony.of(finished, id, layers, downloads));
  }

  private StageImage squashed(StageImage image) throws IOException {
    return request.squash() ? image.squashed(layers.squash(image.layers())) : image;
  }

  private BuiltStage onStage(int index) {
    var parent = built(index);
    var image = request.finish().inherit().of(parent.image());
    var state = parent.state().withImage(image.config());
    return new BuiltStage(image, StageState.from(state), parent.key());
  }

  private BuiltStage onImage(StageImage base) {
    var kept = request.finish().inherit().of(base);
    var config = kept.config().config().with(this::setEnvironment);
    var image = kept.withConfig(kept.config().withConfig(config));
    var start = CacheKey.base(Digest.of(Json.write(image.config())));
    return new BuiltStage(image, StageState.from(image.config()), withOptions(start));
  }

  /// What the caller asks for that all results depend on.
  private CacheKey withOptions(CacheKey start) {
    var key = start;
    for (var each : List.of(request.times().identity(), request.runs().identity())) {
      key = each.isEmpty() ? key : key.then(each, List.of());
    }
    return key;
  }

  private void setEnvironment(ContainerConfig.Draft draft) {
    for (var variable : request.env()) {
      var parts = variable.split("=", 2);
      draft.setEnv(parts[0], parts[1]);
    }
  }

  private CopySource source(Origin origin) throws IOException {
    return switch (origin) {
      case Origin.BuildContext() -> {
        testimony.took("context", workshop.context());
        yield workshop.context();
      }
      case Origin.NamedContext(var name) -> named(name);
      case Origin.OfStage(int index) -> tree(built(index).image());
      case Origin.OfImage(var reference, var help) ->
          tree(open(reference, help, request.platform()));
      case Origin.Scratch() -> tree(StageImage.scratch(request.platform()));
    };
  }

  private CopySource named(String name) throws IOException {
    var context = workshop.contexts().tree(Objects.requireNonNull(workshop.named().get(name)));
    testimony.took(name, context);
    return context;
  }

  /// An image of nothing but these files.
  private BuiltStage onFiles(CopySource files) throws IOException {
    var stamp = new Stamp(request.times(), Clock.systemUTC());
    var additions = new Additions(LayeredTree.EMPTY, stamp.now());
    var placement = new Placement(null, false, Placement.Mode.KEPT, _ -> false);
    for (var entry : files.list("")) {
      placement.copyAs(files, entry, additions, entry.path());
    }
    var empty = StageImage.scratch(request.platform());
    var layer = layers.write(out -> additions.write(out, stamp::on));
    var history = new History(null, "build context", null, null, false);
    return onImage(empty.withLayer(layer, empty.config(), history));
  }

  private CopySource tree(StageImage image) {
    return new StageTree(layers.tree(image.layers()));
  }

  private Platform platform(Stage stage) {
    var own = stage.platform();
    return own == null || own.isEmpty() ? request.platform() : Platform.parse(own);
  }

  private BaseImages bases(Platform platform) {
    return bases.computeIfAbsent(
        platform,
        _ ->
            new BaseImages(workshop.transports(), workshop.policy(), platform, request.pull())
                .decrypted(workshop.decryption()));
  }

  private StageImage open(String reference, String help, Platform platform) throws IOException {
    try {
      var base = bases(platform).open(reference);
      testimony.took(reference, base, platform);
      return base.image();
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
      for (var each : bases.values()) {
        each.close();
      }
    }
  }
}
