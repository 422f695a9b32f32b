package dev.ocij.buildah.container;

import dev.ocij.buildah.build.Delivery;
import dev.ocij.buildah.build.Finish;
import dev.ocij.buildah.build.Stamp;
import dev.ocij.buildah.build.Times;
import dev.ocij.buildah.overlay.Additions;
import dev.ocij.buildah.overlay.StageImage;
import dev.ocij.buildah.overlay.StageLayer;
import dev.ocij.buildah.overlay.StageLayers;
import dev.ocij.layer.Owner;
import dev.ocij.name.Location;
import dev.ocij.spec.ContainerConfig;
import dev.ocij.spec.Digest;
import dev.ocij.spec.History;
import dev.ocij.spec.ImageConfig;
import dev.ocij.spec.MediaType;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes an image of a working container: its base, and one layer of all that was changed.
///
/// @param squash whether it has one layer, those of its base included
/// @param finish what the image is beyond what the container says
/// @param changes instructions of a Containerfile that change the configuration at last
/// @param files that it gets in addition
/// @param merged what else its configuration has; null for nothing
public record Commit(
    boolean squash,
    Finish finish,
    Times times,
    List<String> changes,
    List<AddedFile> files,
    @Nullable ContainerConfig merged) {
  private static final String USUAL = "/bin/sh";

  public Commit {
    changes = List.copyOf(changes);
    files = List.copyOf(files);
  }

  /// Writes the image to these places.
  ///
  /// @return its id, the digest of its configuration
  public Digest commit(OpenContainer container, Delivery delivery, List<Location> targets)
      throws IOException {
    var image = finish.apply(image(container)).toImage(MediaType.OCI_MANIFEST);
    for (var target : targets) {
      delivery.deliver(image, target);
    }
    return image.manifest().config().digest();
  }

  private StageImage image(OpenContainer container) throws IOException {
    var layers = new StageLayers(container.images().blobs());
    var changing = Changing.of(container, layers);
    var state = container.state();
    var stamp = new Stamp(times, Clock.systemUTC());
    var base = state.baseImage(container.images().blobs());
    var own = own(layers, base.layers(), withFiles(layers, changing.below(), stamp), stamp);
    var image = image(state, base, own, stamp.now());
    return squash ? image.squashed(layers.squash(image.layers())) : image;
  }

  private List<StageLayer> withFiles(StageLayers layers, List<StageLayer> all, Stamp stamp)
      throws IOException {
    if (files.isEmpty()) {
      return all;
    }
    var additions = new Additions(layers.tree(all), stamp.now());
    for (var file : files) {
      additions.put(file.addition(), Owner.ROOT);
    }
    var more = new ArrayList<>(all);
    more.add(layers.write(layer -> additions.write(layer, entry -> entry)));
    return more;
  }

  /// One layer of all changes; empty where there is none.
  private Optional<StageLayer> own(
      StageLayers layers, List<StageLayer> base, List<StageLayer> all, Stamp stamp)
      throws IOException {
    var own = all.subList(base.size(), all.size());
    boolean asItIs = own.size() == 1 && times.files() == Times.Files.KEPT;
    if (own.isEmpty() || asItIs) {
      return own.stream().findFirst();
    }
    return Optional.of(layers.combine(base, own, stamp::on));
  }

  private StageImage image(
      WorkingContainer state, StageImage base, Optional<StageLayer> own, Instant now) {
    var merging = MergedConfig.of(state.config(), merged);
    var config = ChangedConfig.by(changes, merging).withCreated(now);
    var image = base;
    var from = state.base().id() == null ? "" : "FROM " + state.base().name();
    for (var step : state.steps()) {
      image = image.withConfig(continued(config, image), at(step, now, from));
      from = "";
    }
    var history = history(state, now, own.isEmpty(), from);
    var last = continued(config, image);
    return own.isPresent()
        ? image.withLayer(own.get(), last, history)
        : image.withConfig(last, history);
  }

  /// The configuration with the layers and the history that the image has.
  private static ImageConfig continued(ImageConfig config, StageImage image) {
    return config.withLayers(image.config().rootfs().diffIds(), image.config().history());
  }

  /// A step of a container happened when it did, unless all times are given.
  private History at(History step, Instant now, String comment) {
    return new History(
        times.created() == null ? step.created() : now,
        step.createdBy(),
        step.author(),
        comment.isEmpty() ? step.comment() : comment,
        step.emptyLayer());
  }

  private static History history(WorkingContainer state, Instant now, boolean empty, String from) {
    var comment = Objects.requireNonNullElse(state.historyComment(), "") + from;
    return new History(
        now,
        Objects.requireNonNullElseGet(state.createdBy(), () -> usual(state.config().config())),
        state.config().author(),
        comment.isEmpty() ? null : comment,
        empty);
  }

  private static String usual(ContainerConfig config) {
    return config.shell().isEmpty() ? USUAL : String.join(" ", config.shell());
  }
}
