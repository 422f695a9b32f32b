package dev.ocij.buildah.build;

import dev.ocij.buildah.cache.CacheKey;
import dev.ocij.buildah.overlay.Additions;
import dev.ocij.buildah.overlay.CopySource;
import dev.ocij.buildah.overlay.Placement;
import dev.ocij.buildah.overlay.StageImage;
import dev.ocij.buildah.overlay.StageLayers;
import dev.ocij.buildah.plan.Origin;
import dev.ocij.buildah.plan.Stage;
import dev.ocij.buildah.plan.StageState;
import dev.ocij.layer.LayeredTree;
import dev.ocij.spec.ContainerConfig;
import dev.ocij.spec.Digest;
import dev.ocij.spec.History;
import dev.ocij.spec.Json;
import dev.ocij.spec.Platform;
import java.io.IOException;
import java.time.Clock;
import java.util.List;

/// What the stages of one build start from: an image, files, nothing, or an earlier stage.
record StageStarts(
    BuildRequest request, OpenOrigins origins, BuiltStages built, StageLayers layers) {
  /// What a stage starts from.
  BuiltStage of(Stage stage) throws IOException {
    return switch (stage.base()) {
      case Origin.OfStage(int index) -> onStage(index);
      case Origin.Scratch() -> onImage(StageImage.scratch(platform(stage)));
      case Origin.OfImage(var reference, var help) ->
          onImage(origins.image(reference, help, platform(stage)));
      case Origin.BuildContext() ->
          throw stage.from().written().error("FROM a build context", "name an image or a stage");
      case Origin.NamedContext(var name) -> onFiles(origins.context(name));
    };
  }

  private BuiltStage onStage(int index) {
    var parent = built.of(index);
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

  private Platform platform(Stage stage) {
    var own = stage.platform();
    return own == null || own.isEmpty() ? request.platform() : Platform.parse(own);
  }
}
