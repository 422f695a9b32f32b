package dev.ocij.buildah.build;

import dev.ocij.buildah.cache.CacheFolders;
import dev.ocij.buildah.instruction.Network;
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
import dev.ocij.runtime.Bundles;
import dev.ocij.runtime.ContainerRequest;
import dev.ocij.runtime.NameFiles;
import dev.ocij.runtime.rootless.Isolation;
import dev.ocij.runtime.rootless.Runner;
import dev.ocij.runtime.rootless.Stdio;
import dev.ocij.spec.OciException;
import dev.ocij.store.Store;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Executes RUN: each command in a container of its own over the layers below. Closing it removes
/// what is left of them.
final class RunExecution implements Closeable {
  private final Store store;
  private final StageLayers layers;
  private final String network;
  private final Stdio stdio;
  private final Lent lent;
  private @Nullable Isolation isolation;
  private @Nullable RunOverlays overlays;
  private @Nullable BuildFolder folder;

  RunExecution(Store store, StageLayers layers, String network, Stdio stdio, Lent lent) {
    this.store = store;
    this.layers = layers;
    this.network = network;
    this.stdio = stdio;
    this.lent = lent;
  }

  /// Runs the command.
  ///
  /// @param stamp the last change of each entry of the layer
  /// @return the layer of what it changed; empty where that is nothing
  /// @throws CommandFailedException where it ends with another status than 0
  Optional<StageLayer> execute(
      RunStep step, MountSources sources, StageImage image, UnaryOperator<Entry> stamp)
      throws IOException {
    requireMounts(step);
    var runner = Runner.of(isolation());
    var directory = folder().next();
    var caches = new CacheFolders(store.cache().resolve("mounts"));
    try (var overlay = overlays().open(directory, image.layers());
        var mounts = new MountExecution(directory, caches, lent, sources).open(step)) {
      var below = layers.tree(image.layers());
      var container = runner.start(bundle(step, overlay, mounts, below), stdio);
      mounts.begun();
      int status = container.waitFor();
      if (status != 0) {
        throw new CommandFailedException(step.written().line(), status);
      }
      return overlays().take(overlay, layers, image.layers(), container.created(), stamp);
    }
  }

  /// Asked once in a build, and only by one that runs something.
  private synchronized Isolation isolation() {
    if (isolation == null) {
      isolation = Isolation.probe();
    }
    return isolation;
  }

  private void requireMounts(RunStep step) {
    if (!step.mounts().isEmpty() && !isolation().allowsMounts()) {
      throw new OciException(
          OciException.Category.IMPOSSIBLE,
          "RUN --mount needs namespaces and mounts, which are forbidden here: "
              + String.join("; ", isolation().obstacles()));
    }
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

  private Bundle bundle(RunStep step, RunOverlay overlay, StepMounts mounts, LayeredTree below)
      throws IOException {
    var config = step.after().config();
    var all = new ArrayList<>(overlay.provide(NameFiles.ofHost().contents()));
    var script = step.execution().script();
    if (script != null) {
      var program = step.execution().arguments().getFirst();
      all.addAll(overlay.provideProgram(program, script.getBytes(StandardCharsets.UTF_8)));
    }
    all.addAll(mounts.mounts());
    var environment = new ArrayList<>(step.environment());
    environment.addAll(mounts.environment());
    var request =
        ContainerRequest.of(step.execution().arguments())
            .with(draft -> {
              draft.env = environment;
              draft.network = network(step);
              draft.mounts = all;
            });
    return overlay.under(
        Bundles.of(overlay.directory(), overlay.rootfs(), new StageFiles(below), config, request));
  }

  private String network(RunStep step) {
    return step.network() == Network.DEFAULT
        ? network
        : step.network().name().toLowerCase(java.util.Locale.ROOT);
  }
}
