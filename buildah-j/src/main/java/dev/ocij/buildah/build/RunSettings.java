package dev.ocij.buildah.build;

import dev.ocij.runtime.ContainerRequest;
import dev.ocij.runtime.Mount;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What every RUN of a build gets beside its image and its instruction.
///
/// @param network `host` or `none`, for RUN that says nothing else
/// @param files content by path, in the container and in no layer
/// @param mounts of what this machine has; an overlay says what is below, and gets the rest with
///   each RUN
/// @param granted where RUN asks for it
/// @param keepsVolumes whether what RUN changes in a VOLUME is lost, as Docker once had it
/// @param change of the container, last
/// @param runtime an installed one that runs the commands; null for none
public record RunSettings(
    String network,
    Map<String, byte[]> files,
    List<Mount> mounts,
    Granted granted,
    boolean keepsVolumes,
    Consumer<ContainerRequest.Draft> change,
    @Nullable RunByRuntime runtime) {
  /// The option of a mount whose tree is given to the user of each RUN.
  static final String GIVEN = "U";

  public RunSettings {
    files = Map.copyOf(files);
    mounts = List.copyOf(mounts);
  }

  /// What results in the cache depend on; empty for nothing. All else is the machine's, or lent.
  String identity() {
    return keepsVolumes ? "compat-volumes" : "";
  }
}
