package dev.ocij.buildah.build;

import dev.ocij.buildah.base.Pull;
import dev.ocij.buildah.plan.PlanRequest;
import dev.ocij.buildah.text.Containerfile;
import dev.ocij.name.Location;
import dev.ocij.spec.Platform;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One build, completely described.
///
/// @param targets where the image goes; nowhere but the store's blobs where empty
/// @param docker whether the result has Docker's documents
/// @param labels set after all instructions
/// @param network `host` or `none`, for RUN that says nothing else
/// @param timestamp of everything that the build makes; null for the time of each step
/// @param useCache whether results of earlier builds may stand for steps
/// @param pull when bases are fetched anew
public record BuildRequest(
    Containerfile file,
    PlanRequest plan,
    Platform platform,
    List<Location> targets,
    boolean docker,
    Map<String, String> labels,
    String network,
    @Nullable Instant timestamp,
    boolean useCache,
    Pull pull) {
  public BuildRequest {
    targets = List.copyOf(targets);
    labels = Map.copyOf(labels);
  }
}
