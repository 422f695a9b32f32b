package dev.ocij.buildah.plan;

import dev.ocij.buildah.instruction.Device;
import dev.ocij.buildah.instruction.Mount;
import dev.ocij.buildah.instruction.Network;
import dev.ocij.buildah.instruction.Security;
import dev.ocij.buildah.instruction.Written;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Executes a command; what it changes becomes a layer. User and working directory are those of the
/// state.
///
/// @param createdBy the text for the history
/// @param environment `NAME=value` each: the image's, the declared arguments, the proxies
public record RunStep(
    Written written,
    String identity,
    StageState after,
    String createdBy,
    Execution execution,
    List<String> environment,
    List<RunMount> mounts,
    Network network,
    Security security,
    List<Device> devices)
    implements Step {
  @Override
  public Stream<String> caches() {
    return mounts.stream()
        .map(RunMount::mount)
        .filter(Mount.Cache.class::isInstance)
        .map(mount -> ((Mount.Cache) mount).id());
  }

  /// What is executed.
  ///
  /// @param arguments the program and its arguments
  /// @param script the text of the program, which the builder puts, executable, where the first
  ///   argument says, outside of the image; null where the program is in the image
  public record Execution(List<String> arguments, @Nullable String script) {
    public Execution {
      arguments = List.copyOf(arguments);
    }
  }
}
