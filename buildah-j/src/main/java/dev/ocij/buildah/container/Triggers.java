package dev.ocij.buildah.container;

import dev.ocij.buildah.base.BaseImage;
import dev.ocij.buildah.base.Pull;
import dev.ocij.buildah.build.BuildRequest;
import dev.ocij.buildah.build.Builder;
import dev.ocij.buildah.build.CacheSettings;
import dev.ocij.buildah.build.Finish;
import dev.ocij.buildah.build.RunSettings;
import dev.ocij.buildah.build.SavedStages;
import dev.ocij.buildah.build.SayRequest;
import dev.ocij.buildah.build.Times;
import dev.ocij.buildah.overlay.StageImage;
import dev.ocij.buildah.plan.PlanRequest;
import dev.ocij.buildah.text.Containerfile;
import dev.ocij.spec.Platform;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Follows what a base has left for builds on it, as a build of nothing else would.
///
/// @param builder tells the steps; its context is what COPY takes
/// @param arguments the proxies for RUN
public record Triggers(
    Builder builder, Platform platform, RunSettings runs, Map<String, String> arguments) {
  public Triggers {
    arguments = Map.copyOf(arguments);
  }

  /// The base with all that its ONBUILD instructions do. It is in the store.
  ///
  /// @throws dev.ocij.buildah.build.CommandFailedException where a RUN fails
  public StageImage follow(BaseImage base) throws IOException {
    return builder.built(request(base), StageImage::of);
  }

  private BuildRequest request(BaseImage base) {
    var name = base.name().isEmpty() ? base.id().hex() : base.name();
    return new BuildRequest(
        List.of(Containerfile.parse("the base", "FROM " + name)),
        PlanRequest.of(platform).withBuildArguments(arguments),
        platform,
        List.of(),
        List.of(),
        false,
        List.of(),
        false,
        Finish.NOTHING,
        runs,
        Times.OF_THE_CLOCK,
        CacheSettings.LOCAL,
        Pull.NEVER,
        SayRequest.NOTHING,
        List.of(),
        1,
        SavedStages.NONE);
  }
}
