package dev.ocij.buildah.build;

import dev.ocij.buildah.overlay.StageImage;
import dev.ocij.buildah.plan.Origin;
import dev.ocij.buildah.plan.Stage;
import dev.ocij.buildah.plan.StageGraph;
import dev.ocij.image.Image;
import dev.ocij.spec.MediaType;
import java.util.List;
import java.util.Objects;

/// The images of the stages of one build that is done.
record StageImages(BuildRequest request, StageGraph graph, BuiltStages built) {
  private static final String NAME = "io.buildah.stage.name";
  private static final String BASE = "io.buildah.stage.base";

  /// That of the target, before it is finished.
  StageImage target() {
    return labelled(graph.stages().get(graph.target()));
  }

  /// Those of the others that are kept. A stage of FROM alone has none of its own.
  List<Image> kept() {
    return request.savedStages().kept()
        ? graph.order().stream()
            .filter(stage -> stage.index() != graph.target() && isOwn(stage))
            .map(this::image)
            .toList()
        : List.of();
  }

  private static boolean isOwn(Stage stage) {
    return !stage.instructions().isEmpty();
  }

  private Image image(Stage stage) {
    var image = isOwn(stage) ? request.finish().identified(labelled(stage)) : unlabelled(stage);
    return image.toImage(MediaType.OCI_MANIFEST);
  }

  private StageImage unlabelled(Stage stage) {
    return built.of(stage.index()).image();
  }

  private StageImage labelled(Stage stage) {
    var image = unlabelled(stage);
    if (!request.savedStages().labelled()) {
      return image;
    }
    var changed =
        image
            .config()
            .config()
            .with(draft -> {
              draft.labels.put(
                  NAME, Objects.requireNonNullElse(stage.name(), String.valueOf(stage.index())));
              draft.labels.put(BASE, base(stage));
            });
    return image.withConfig(image.config().withConfig(changed));
  }

  /// What FROM names; of another stage the id of its image.
  private String base(Stage stage) {
    return switch (stage.base()) {
      case Origin.OfImage(var reference, _) -> reference;
      case Origin.OfStage(int index) ->
          image(graph.stages().get(index)).manifest().config().digest().hex();
      case Origin.NamedContext(var name) -> name;
      case Origin.Scratch(), Origin.BuildContext() -> stage.from().image().toString();
    };
  }
}
