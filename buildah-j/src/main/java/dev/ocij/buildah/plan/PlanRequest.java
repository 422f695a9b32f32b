package dev.ocij.buildah.plan;

import dev.ocij.spec.Platform;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a caller asks for beside the Containerfile.
///
/// @param buildArguments by name
/// @param target the stage to build, by name or index; null for the last one
/// @param platform what is built for
/// @param buildPlatform what is built on
/// @param namedContexts what the names stand for that hide stages and images
/// @param base takes the place of the first FROM's image; null for none
/// @param skipUnused whether stages that the target does not need are left out
public record PlanRequest(
    Map<String, String> buildArguments,
    @Nullable String target,
    Platform platform,
    Platform buildPlatform,
    Map<String, Origin> namedContexts,
    @Nullable String base,
    boolean skipUnused) {
  public PlanRequest {
    buildArguments = Map.copyOf(buildArguments);
    namedContexts = Map.copyOf(namedContexts);
  }

  /// The last stage, for and on this platform.
  public static PlanRequest of(Platform platform) {
    return new PlanRequest(Map.of(), null, platform, platform, Map.of(), null, true);
  }

  public PlanRequest withBuildArguments(Map<String, String> changed) {
    return new PlanRequest(
        changed, target, platform, buildPlatform, namedContexts, base, skipUnused);
  }

  public PlanRequest withTarget(String changed) {
    return new PlanRequest(
        buildArguments, changed, platform, buildPlatform, namedContexts, base, skipUnused);
  }

  public PlanRequest withNamedContexts(Map<String, Origin> changed) {
    return new PlanRequest(
        buildArguments, target, platform, buildPlatform, changed, base, skipUnused);
  }
}
