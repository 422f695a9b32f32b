package dev.ocij.buildah.container;

import dev.ocij.buildah.base.BaseImage;
import dev.ocij.buildah.base.BaseImages;
import dev.ocij.buildah.overlay.StageImage;
import dev.ocij.spec.Digest;
import dev.ocij.spec.ImageConfig;
import dev.ocij.spec.Platform;
import dev.ocij.store.Store;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Begins a working container: what `from` asks for.
///
/// @param image a name, an id, `transport:reference`, or `scratch`
/// @param name null for one after the image
/// @param platform of one from scratch
public record Beginning(
    String image,
    @Nullable String name,
    Platform platform,
    boolean docker,
    CommandSettings settings) {
  private static final String SCRATCH = "scratch";

  /// What a container begins with, and where that comes from.
  private record Start(String name, StageImage image, @Nullable Digest id, @Nullable Digest from) {}

  /// Does what a base has left for those that are built on it.
  @FunctionalInterface
  public interface Following {
    StageImage follow(BaseImage base) throws IOException;
  }

  /// The new container.
  ///
  /// @param images where the image comes from, and how
  /// @param following asked where there is something to follow
  public WorkingContainer begin(Store store, BaseImages images, Following following)
      throws IOException {
    var containers = new WorkingContainers(store);
    containers.sweep();
    store.create();
    // What was fetched may not be pruned before the container says that it needs it.
    try (var _ = store.images().use()) {
      var start = start(images, following);
      return containers.create(
          Objects.requireNonNullElse(name, WorkingName.after(calledAfter(start))),
          name == null,
          called -> container(called, start));
    }
  }

  private Start start(BaseImages images, Following following) throws IOException {
    if (image.equals(SCRATCH)) {
      var empty = StageImage.scratch(platform).withConfig(ImageConfig.scratch(platform));
      return new Start("", empty, null, null);
    }
    var base = images.openStored(image);
    boolean asksForMore = !base.image().config().config().onBuild().isEmpty();
    var start = asksForMore ? following.follow(base) : base.image();
    return new Start(base.name(), start, base.id(), base.manifest());
  }

  private String calledAfter(Start start) {
    return start.name().isEmpty() ? image : start.name();
  }

  private WorkingContainer container(String called, Start start) {
    var base =
        new WorkingContainer.Base(
            start.name(), start.id(), start.from(), start.image().layers().size());
    return WorkingContainer.begin(called, base, start.image(), docker, settings);
  }
}
