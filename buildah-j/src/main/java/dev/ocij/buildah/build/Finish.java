package dev.ocij.buildah.build;

import dev.ocij.buildah.overlay.StageImage;
import dev.ocij.spec.ContainerConfig;
import dev.ocij.spec.ImageConfig;
import dev.ocij.spec.Platform;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
/// @param unsetAnnotations removed, whoever set them
/// @param platform what it says that it is for; null for what its base says
/// @param osVersion as platform; an empty one removes the base's
/// @param osFeatures added, or removed where a `-` is at the end
/// @param inherit whether labels and annotations of a base stay
public record Finish(
    Map<String, String> labels,
    Set<String> unsetLabels,
    Set<String> unsetEnv,
    Map<String, String> annotations,
    @Nullable String identity,
    boolean created,
    boolean history,
    Set<String> unsetAnnotations,
    @Nullable Platform platform,
    @Nullable String osVersion,
    List<String> osFeatures,
    Inherited inherit) {
  /// What stays of a base.
  public record Inherited(boolean labels, boolean annotations) {
    public static final Inherited ALL = new Inherited(true, true);

    /// The image that a stage starts with, of this base.
    StageImage of(StageImage base) {
      var config =
          labels
              ? base.config()
              : base.config()
                  .withConfig(base.config().config().with(draft -> draft.labels.clear()));
      var kept = new LinkedHashMap<>(base.annotations());
      kept.keySet().removeIf(name -> !annotations && !name.startsWith(BASE));
      return base.withConfig(config).withAnnotations(kept);
    }
  }

  /// The image as the instructions make it.
  public static final Finish NOTHING =
      new Finish(
          Map.of(),
          Set.of(),
          Set.of(),
          Map.of(),
          null,
          false,
          true,
          Set.of(),
          null,
          null,
          List.of(),
          Inherited.ALL);

  private static final String IDENTITY = "io.buildah.version";
  private static final String BASE = "org.opencontainers.image.base.";
  private static final String CREATED = "org.opencontainers.image.created";

  public Finish {
    labels = Map.copyOf(labels);
    unsetLabels = Set.copyOf(unsetLabels);
    unsetEnv = Set.copyOf(unsetEnv);
    annotations = Map.copyOf(annotations);
    unsetAnnotations = Set.copyOf(unsetAnnotations);
    osFeatures = List.copyOf(osFeatures);
  }

  /// The finished image.
  public StageImage apply(StageImage image) {
    var config = image.config().withConfig(image.config().config().with(this::change));
    var shown = history ? config : config.withLayers(config.rootfs().diffIds(), List.of());
    return image.withConfig(onPlatform(shown)).withAnnotations(annotated(image));
  }

  /// An image that is not the finished one, but of the same builder.
  StageImage identified(StageImage image) {
    var config = image.config().config().with(this::identify);
    return image.withConfig(image.config().withConfig(config));
  }

  private void identify(ContainerConfig.Draft draft) {
    if (identity != null) {
      draft.labels.put(IDENTITY, identity);
    }
  }

  private void change(ContainerConfig.Draft draft) {
    identify(draft);
    draft.labels.putAll(labels);
    draft.labels.keySet().removeAll(unsetLabels);
    draft.env.removeIf(variable -> unsetEnv.contains(variable.split("=", 2)[0]));
  }

  private ImageConfig onPlatform(ImageConfig config) {
    var now = config.platform();
    var asked = platform == null ? now : platform;
    var version = osVersion == null ? now.osVersion() : osVersion.isEmpty() ? null : osVersion;
    return config.withPlatform(
        new Platform(
            asked.architecture(),
            asked.os(),
            version,
            features(now.osFeatures()),
            asked.variant()));
  }

  private List<String> features(List<String> before) {
    var features = new LinkedHashSet<>(before);
    for (var feature : osFeatures) {
      if (feature.endsWith("-")) {
        features.remove(feature.substring(0, feature.length() - 1));
      } else {
        features.add(feature);
      }
    }
    return List.copyOf(features);
  }

  private Map<String, String> annotated(StageImage image) {
    var all = new LinkedHashMap<>(image.annotations());
    if (created && image.config().created() != null) {
      all.put(CREATED, image.config().created().toString());
    }
    all.keySet().removeAll(unsetAnnotations);
    all.putAll(annotations);
    return all;
  }
}
