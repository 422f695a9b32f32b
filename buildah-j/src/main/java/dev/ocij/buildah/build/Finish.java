package dev.ocij.buildah.build;

import dev.ocij.buildah.overlay.StageImage;
import dev.ocij.spec.ContainerConfig;
import dev.ocij.spec.ImageConfig;
import dev.ocij.spec.Platform;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the caller wants of the finished image beyond its instructions.
///
/// @param labels set after all instructions
/// @param unsetLabels removed, whoever set them
/// @param unsetEnv variables removed at the end; steps still see them
/// @param annotations of the manifest; Docker's has none
/// @param identity the value of `io.buildah.version`; null for no such label of ours
/// @param created whether an annotation tells when the image was made
/// @param history whether the image tells its history
/// @param platform what it says that it is for; null for what its base says
public record Finish(
    Map<String, String> labels,
    Set<String> unsetLabels,
    Set<String> unsetEnv,
    Map<String, String> annotations,
    @Nullable String identity,
    boolean created,
    boolean history,
    @Nullable Platform platform) {
  /// The image as the instructions make it.
  public static final Finish NOTHING =
      new Finish(Map.of(), Set.of(), Set.of(), Map.of(), null, false, true, null);

  private static final String IDENTITY = "io.buildah.version";
  private static final String CREATED = "org.opencontainers.image.created";

  public Finish {
    labels = Map.copyOf(labels);
    unsetLabels = Set.copyOf(unsetLabels);
    unsetEnv = Set.copyOf(unsetEnv);
    annotations = Map.copyOf(annotations);
  }

  /// The finished image.
  public StageImage apply(StageImage image) {
    var config = image.config().withConfig(image.config().config().with(this::change));
    var shown = history ? config : config.withLayers(config.rootfs().diffIds(), List.of());
    return image.withConfig(onPlatform(shown)).withAnnotations(annotated(image));
  }

  private void change(ContainerConfig.Draft draft) {
    if (identity != null) {
      draft.labels.put(IDENTITY, identity);
    }
    draft.labels.putAll(labels);
    draft.labels.keySet().removeAll(unsetLabels);
    draft.env.removeIf(variable -> unsetEnv.contains(variable.split("=", 2)[0]));
  }

  private ImageConfig onPlatform(ImageConfig config) {
    return platform == null ? config : config.withPlatform(platform);
  }

  private Map<String, String> annotated(StageImage image) {
    var all = new LinkedHashMap<>(image.annotations());
    if (created && image.config().created() != null) {
      all.put(CREATED, image.config().created().toString());
    }
    all.putAll(annotations);
    return all;
  }
}
