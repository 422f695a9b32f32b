package dev.ocij.buildah.build;

import dev.ocij.buildah.cache.CacheFolders;
import dev.ocij.buildah.overlay.BuildFolder;
import dev.ocij.buildah.overlay.RunOverlay;
import dev.ocij.buildah.overlay.RunOverlays;
import dev.ocij.buildah.overlay.StageImage;
import dev.ocij.buildah.overlay.StageLayer;
import dev.ocij.buildah.overlay.StageLayers;
import dev.ocij.buildah.plan.RunStep;
import dev.ocij.layer.Entry;
import dev.ocij.layer.LayeredTree;
import dev.ocij.runtime.Bundle;
import dev.ocij.runtime.IdMap;
import dev.ocij.runtime.ownership.OwnersBelow;
import dev.ocij.runtime.rootless.Isolation;
import dev.ocij.runtime.rootless.Runner;
import dev.ocij.runtime.rootless.RunningContainer;
import dev.ocij.runtime.rootless.StartException;
import dev.ocij.runtime.rootless.Stdio;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Platform;
import dev.ocij.store.Store;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Executes RUN: each command in a container of its own over the layers below. Closing it removes
/// what is left of them.
final class RunExecution implements Closeable {
  private final Store store;
  private final StageLayers layers;
  private final RunSettings settings;
  private final Lent lent;
  private @Nullable Isolation isolation;
  private @Nullable RunOverlays overlays;
  private @Nullable BuildFolder folder;

  RunExecution(Store store, StageLayers layers, RunSettings settings, Lent lent) {
    this.store = store;
    this.layers = layers;
    this.settings = settings;
    this.lent = lent;
  }

  /// Runs the command.
  ///
  /// @param streams of the command
  /// @param stamp the last change of each entry of the layer
  /// @return the layer of what it changed; empty where that is nothing
  /// @throws CommandFailedException where it ends with another status than 0
  Optional<StageLayer> execute(
      RunStep step,
      MountSources sources,
      StageImage image,
      CommandStreams streams,
      UnaryOperator<Entry> stamp)
      throws IOException {
    return run(
        step,
        sources,
        image,
        streams,
        (overlay, container, made, status) -> {
          if (status != 0) {
            throw new CommandFailedException(step.written(), status);
          }
          return overlays().take(overlay, layers, image.layers(), made, container.owners(), stamp);
        });
  }

  /// As [#execute], whatever becomes of the command; what it changes is lost.
  ///
  /// @return its exit status
  int runAside(RunStep step, StageImage image, CommandStreams streams) throws IOException {
    return run(step, new MountSources(Map.of()), image, streams, (_, _, _, status) -> status);
  }

  private <T> T run(
      RunStep step, MountSources sources, StageImage image, CommandStreams streams, Ended<T> ended)
      throws IOException {
    if (!step.mounts().isEmpty()) {
      requireMounts("RUN --mount");
    } else if (!step.devices().isEmpty() && !new Grants(settings).devices(step).isEmpty()) {
      requireMounts("RUN --device");
    } else if (!settings.mounts().isEmpty()) {
      requireMounts("--volume");
    }
    var runner = Runner.of(isolation());
    var runtime = settings.runtime();
    if (runtime != null) {
      RunByRuntime.require(isolation(), runner);
    }
    var directory = folder().next();
    var caches = new CacheFolders(store.cache().resolve("mounts"));
    try (var overlay = overlays().open(directory, image.layers());
        var mounts = new MountExecution(directory, caches, lent, sources).open(step.mounts());
        var open = streams.open()) {
      var below = layers.tree(image.layers());
      var bundle = new RunBundle(settings, step, overlay, mounts, below).make();
      var container = start(runner, bundle, open.stdio(), image, below);
      open.begun();
      mounts.begun();
      var made = runtime == null ? container.created() : RunByRuntime.mountPoints(bundle, below);
      return ended.with(overlay, container, made, end(container));
    }
  }

  /// What is done with a container that has ended.
  @FunctionalInterface
  private interface Ended<T> {
    /// @param made in the tree, only because something is mounted there
    T with(RunOverlay overlay, RunningContainer container, List<String> made, int status)
        throws IOException;
  }

  /// The kernel starts programs of another processor where it is told how.
  private RunningContainer start(
      Runner runner, Bundle bundle, Stdio stdio, StageImage image, LayeredTree below) {
    try {
      var runtime = settings.runtime();
      return runtime == null
          ? runner.start(
              bundle, stdio, runner.keepsOwners() ? OwnersBelow.of(below) : OwnersBelow.NONE)
          : runtime.start(bundle, stdio);
    } catch (StartException e) {
      var wanted = image.config().platform();
      var host = Platform.host();
      if (wanted.architecture().equals(host.architecture())) {
        throw e;
      }
      throw new OciException(
          OciException.Category.IMPOSSIBLE,
          "%s; the image is for %s and this machine is %s: register an emulator with binfmt_misc, or"
                  .formatted(e.sentence(), wanted, host)
              + " build on such a machine",
          e);
    }
  }

  private static int end(RunningContainer container) throws InterruptedIOException {
    try {
      return container.waitOrKill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the build ends before the command");
    }
  }

  /// Asked once in a build, and only by one that runs something.
  private synchronized Isolation isolation() {
    if (isolation == null) {
      isolation = Isolation.probe();
    }
    return isolation;
  }

  /// In which this machine does RUN.
  Tier tier() {
    return Tier.of(isolation(), IdMap.ofProcess("uid"));
  }

  /// @param who needs them
  /// @throws OciException where nothing can be mounted
  void requireMounts(String who) {
    isolation().requireMounts(who);
  }

  private synchronized BuildFolder folder() throws IOException {
    if (folder == null) {
      folder = BuildFolder.open(store.containers());
    }
    return folder;
  }

  @Override
  public synchronized void close() throws IOException {
    if (folder != null) {
      folder.close();
    }
  }

  private synchronized RunOverlays overlays() {
    if (overlays == null) {
      overlays = new RunOverlays(store, isolation());
    }
    return overlays;
  }
}
