package dev.ocij.buildah.build;

import dev.ocij.buildah.base.BaseImages;
import dev.ocij.buildah.context.StageTree;
import dev.ocij.buildah.overlay.CopySource;
import dev.ocij.buildah.overlay.StageImage;
import dev.ocij.buildah.overlay.StageLayers;
import dev.ocij.buildah.plan.Origin;
import dev.ocij.buildah.sourcepolicy.PolicyImages;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Platform;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// Where one build takes its files and bases from; what it took is noted in its testimony. Images
/// stay open until the end of the build.
final class OpenOrigins implements CopyOrigins, BillMaking.Sources, Closeable {
  private final Workshop workshop;
  private final BuildRequest request;
  private final Testimony testimony;
  private final StageLayers layers;
  private final BuiltStages built;
  private final Map<Platform, BaseImages> bases = new ConcurrentHashMap<>();

  OpenOrigins(
      Workshop workshop,
      BuildRequest request,
      Testimony testimony,
      StageLayers layers,
      BuiltStages built) {
    this.workshop = workshop;
    this.request = request;
    this.testimony = testimony;
    this.layers = layers;
    this.built = built;
  }

  @Override
  public CopySource open(Origin origin) throws IOException {
    return switch (origin) {
      case Origin.BuildContext() -> {
        testimony.took("context", workshop.context());
        yield workshop.context();
      }
      case Origin.NamedContext(var name) -> context(name);
      case Origin.OfStage(int index) -> tree(built.of(index).image());
      case Origin.OfImage(var reference, var help) ->
          tree(image(reference, help, request.platform()));
      case Origin.Scratch() -> tree(StageImage.scratch(request.platform()));
    };
  }

  /// The files of a context that the caller gave a name.
  CopySource context(String name) throws IOException {
    var context = workshop.contexts().tree(Objects.requireNonNull(workshop.named().get(name)));
    testimony.took(name, context);
    return context;
  }

  /// An image from outside.
  ///
  /// @param help what is said where it cannot be had; may be empty
  StageImage image(String reference, String help, Platform platform) throws IOException {
    try {
      var judged = new PolicyImages(workshop.sources(), workshop.transports()).name(reference);
      var base = bases(platform).open(judged);
      testimony.took(judged, base, platform);
      return base.image();
    } catch (OciException e) {
      if (help.isEmpty()) {
        throw e;
      }
      throw new OciException(e.category(), e.sentence() + "; " + help, e);
    }
  }

  /// An image whose programs look at the result, on this machine. The result is not made of it.
  @Override
  public StageImage scanner(String reference) throws IOException {
    var judged = new PolicyImages(workshop.sources(), workshop.transports()).name(reference);
    return bases(Platform.host()).open(judged).image();
  }

  /// The files that a build may have taken from: the build context, then those with names.
  @Override
  public List<CopySource> contexts() throws IOException {
    var contexts = new ArrayList<>(List.of(workshop.context()));
    for (var place : new TreeMap<>(workshop.named()).values()) {
      contexts.add(workshop.contexts().tree(place));
    }
    return contexts;
  }

  private BaseImages bases(Platform platform) {
    return bases.computeIfAbsent(
        platform,
        _ ->
            new BaseImages(workshop.transports(), workshop.policy(), platform, request.pull())
                .decrypted(workshop.decryption())
                .asked(isAsked(platform)));
  }

  /// Whether a platform is more than that of this machine, for want of another.
  private boolean isAsked(Platform platform) {
    return request.finish().platform() != null || !platform.equals(request.platform());
  }

  private CopySource tree(StageImage image) {
    return new StageTree(layers.tree(image.layers()));
  }

  @Override
  public void close() throws IOException {
    for (var each : bases.values()) {
      each.close();
    }
  }
}
