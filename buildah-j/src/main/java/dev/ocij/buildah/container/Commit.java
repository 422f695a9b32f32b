package dev.ocij.buildah.container;

import dev.ocij.buildah.build.BillMaking;
import dev.ocij.buildah.build.Delivery;
import dev.ocij.buildah.build.Finish;
import dev.ocij.buildah.build.Granted;
import dev.ocij.buildah.build.RunSettings;
import dev.ocij.buildah.build.SayRequest;
import dev.ocij.buildah.build.Scan;
import dev.ocij.buildah.build.Stamp;
import dev.ocij.buildah.build.Times;
import dev.ocij.buildah.contents.Bill;
import dev.ocij.buildah.overlay.Additions;
import dev.ocij.buildah.overlay.StageImage;
import dev.ocij.buildah.overlay.StageLayer;
import dev.ocij.buildah.overlay.StageLayers;
import dev.ocij.layer.Owner;
import dev.ocij.name.Location;
import dev.ocij.runtime.rootless.Stdio;
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
/// @param say what shall be said of it
/// @param scanners where the image of a scanner comes from
public record Commit(
    boolean squash,
    Finish finish,
    Times times,
    List<String> changes,
    List<AddedFile> files,
    @Nullable ContainerConfig merged,
    SayRequest say,
    BillMaking.Sources scanners) {
  private static final String USUAL = "/bin/sh";

  public Commit {
    changes = List.copyOf(changes);
    files = List.copyOf(files);
  }

  /// What was written.
  ///
  /// @param id of the image, the digest of its configuration
  /// @param bill of its contents; null where none is to be written down
  public record Committed(Digest id, @Nullable Bill bill) {}

  /// Writes the image to these places.
  public Committed commit(OpenContainer container, Delivery delivery, List<Location> targets)
      throws IOException {
    var layers = new StageLayers(container.images().blobs());
    var billed = billed(container, image(container, layers), layers);
    var image = billed.image();
    var artifact = image.toImage(MediaType.OCI_MANIFEST);
    var id = artifact.manifest().config().digest();
    var said = delivery.saying(id, say.bills(billed.bill(), image, id, layers), say.key());
    for (var target : targets) {
      said.deliver(artifact, target);
    }
    return new Committed(id, billed.bill());
  }

  private StageImage finished(StageImage image, StageLayers layers) throws IOException {
    return finish.apply(squash ? image.squashed(layers.squash(image.layers())) : image);
  }

  private BillMaking.Billed billed(OpenContainer container, StageImage made, StageLayers layers)
      throws IOException {
    var written = say.written();
    if (written == null) {
      return new BillMaking.Billed(finished(made, layers), null);
    }
    var scan =
        new Scan(
            container.store(),
            layers,
            settings(container.state().settings()),
            () -> new Stdio(Stdio.nothing(), 2, 2));
    return new BillMaking(written, scan, layers, new Stamp(times, Clock.systemUTC()))
        .of(made, image -> finished(image, layers), scanners);
  }

  private static RunSettings settings(CommandSettings of) {
    return new RunSettings(
        of.network(),
        of.names().files(null, List.of(), null),
        List.of(),
        Granted.NOTHING,
        false,
        _ -> {},
        null);
  }

  private StageImage image(OpenContainer container, StageLayers layers) throws IOException {
    var changing = Changing.of(container, layers);
    var state = container.state();
    var stamp = new Stamp(times, Clock.systemUTC());
    var base = state.baseImage(container.images().blobs());
    var own = own(layers, base.layers(), withFiles(layers, changing.below(), stamp), stamp);
    return image(state, base, own, stamp.now());
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
