package dev.ocij.runtime;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What a runtime runs: a directory with `config.json` and, in it or elsewhere, a root file system.
///
/// Runtimes know neither of `overlay` nor of `makesCwd`.
///
/// @param directory where relative paths of the configuration begin
/// @param overlay what the root file system is to be mounted from first
/// @param makesCwd whether the working directory is made where missing, as that of an image is
public record Bundle(
    Path directory, RuntimeConfig config, Optional<Overlay> overlay, boolean makesCwd) {

  public static Bundle of(Path directory, RuntimeConfig config) {
    return new Bundle(directory, config, Optional.empty(), false);
  }

  public Bundle withOverlay(Overlay mounted) {
    return new Bundle(directory, config, Optional.of(mounted), makesCwd);
  }

  public Bundle withConfig(RuntimeConfig changed) {
    return new Bundle(directory, changed, overlay, makesCwd);
  }

  public Bundle makingCwd() {
    return new Bundle(directory, config, overlay, true);
  }

  /// The root file system, absolute.
  public Path rootfs() {
    return directory.toAbsolutePath().resolve(config.root().path()).normalize();
  }

  /// An overlay to mount on the root file system in the container's mount namespace.
  ///
  /// @param lowers the uppermost first; at least one
  /// @param upper receives what the container changes
  /// @param work empty, on the file system of `upper`
  public record Overlay(List<Path> lowers, Path upper, Path work) {
    public Overlay {
      lowers = List.copyOf(lowers);
    }
  }
}
