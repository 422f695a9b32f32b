package dev.ocij.buildah.build;

import dev.ocij.buildah.cache.CachedStep;
import dev.ocij.buildah.overlay.Additions;
import dev.ocij.buildah.overlay.StageImage;
import dev.ocij.buildah.overlay.StageLayer;
import dev.ocij.buildah.overlay.StageLayers;
import dev.ocij.buildah.plan.ConfigStep;
import dev.ocij.buildah.plan.CopyStep;
import dev.ocij.buildah.plan.RunStep;
import dev.ocij.buildah.plan.Step;
import dev.ocij.layer.Entry;
import dev.ocij.layer.LayeredTree;
import dev.ocij.layer.Owner;
import dev.ocij.runtime.Accounts;
import dev.ocij.spec.History;
import dev.ocij.spec.ImageConfig;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// One stage in the making: with each step its image, history and cache key grow.
final class StageExecution {
  private final StageTools tools;
  private final Stamp stamp;
  private final StageLayers layers;
  private final StageMemory memory;
  private final CommandRun runs;
  private StageImage image;
  private @Nullable String comment;

  /// @param from the name of the base, for the history
  StageExecution(
      StageTools tools, StageMemory memory, StageImage base, String from, CommandRun runs) {
    this.tools = tools;
    this.stamp = tools.stamp();
    this.layers = tools.layers();
    this.memory = memory;
    this.runs = runs;
    this.image = base;
    this.comment = "FROM " + from;
  }

  StageImage image() {
    return image;
  }

  void execute(Step step) throws IOException {
    switch (step) {
      case ConfigStep config -> configure(config);
      case CopyStep copy -> copy(copy);
      case RunStep run -> run(run);
    }
  }

  private void configure(ConfigStep step) throws IOException {
    memory.advance(step, List.of());
    var directory = step.directory();
    finish(
        step,
        cached(() -> directory == null ? Optional.empty() : makeDirectory(directory, step)),
        step.createdBy());
  }

  private void copy(CopyStep step) throws IOException {
    var sources = new CopySources(step, tools.origins(), tools.downloads());
    var execution = CopyExecution.of(step, layers, sources);
    var content = execution.content();
    memory.advance(step, List.of(content));
    var made = cached(() -> write(execution.additions(tree(), stamp.now())));
    finish(step, made, execution.createdBy(content));
  }

  private void run(RunStep step) throws IOException {
    tools.grants().check(step);
    var sources = MountSources.find(step.mounts(), tools.origins());
    memory.advance(step, sources.contents());
    var made = cached(() -> runs.execute(step, sources, image, stamp::on));
    finish(step, made, step.createdBy());
  }

  /// The result of an earlier build where there is one, else the work's, remembered.
  private Made cached(Work work) throws IOException {
    var platform = image.config().platform();
    var known = memory.recall(platform);
    if (known.isPresent()) {
      var layer = known.get().layers().stream().map(layers::stored).findFirst();
      return new Made(layer, stamp.at(known.get().created()));
    }
    var made = new Made(work.execute(), stamp.now());
    var blob = made.layer().map(layer -> layer.blob().descriptor());
    memory.keep(CachedStep.of(blob, made.created()), platform);
    return made;
  }

  private void finish(Step step, Made made, String createdBy) {
    var config = created(step.after().image(), made.created());
    var layer = made.layer();
    var history = new History(made.created(), createdBy, null, comment, layer.isEmpty());
    comment = null;
    image =
        layer.isPresent()
            ? image.withLayer(layer.get(), config, history)
            : image.withConfig(config, history);
  }

  /// The step's configuration, with the layers and the history that the image has.
  private ImageConfig created(ImageConfig config, Instant created) {
    return config
        .withCreated(created)
        .withLayers(image.config().rootfs().diffIds(), image.config().history());
  }

  private Optional<StageLayer> makeDirectory(String directory, ConfigStep step) throws IOException {
    var user =
        Accounts.of(new StageFiles(tree())).find(step.after().user(), List.of(), null).user();
    var additions = new Additions(tree(), stamp.now());
    additions.makeDirectories(directory.substring(1), new Owner(user.uid(), user.gid()));
    return write(additions);
  }

  private Optional<StageLayer> write(Additions additions) throws IOException {
    return additions.isEmpty()
        ? Optional.empty()
        : Optional.of(layers.write(layer -> additions.write(layer, stamp::on)));
  }

  private LayeredTree tree() {
    return layers.tree(image.layers());
  }

  /// What a step gave, now or in an earlier build: then at that time, so that the image is the
  /// same.
  private record Made(Optional<StageLayer> layer, Instant created) {}

  /// Executes RUN.
  @FunctionalInterface
  interface CommandRun {
    Optional<StageLayer> execute(
        RunStep step, MountSources sources, StageImage image, UnaryOperator<Entry> stamp)
        throws IOException;
  }

  /// Makes the layer of a step; empty where the step changes no file.
  @FunctionalInterface
  private interface Work {
    Optional<StageLayer> execute() throws IOException;
  }
}
