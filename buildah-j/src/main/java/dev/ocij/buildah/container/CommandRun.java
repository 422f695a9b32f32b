package dev.ocij.buildah.container;

import dev.ocij.buildah.build.CopyOrigins;
import dev.ocij.buildah.build.RunByRuntime;
import dev.ocij.buildah.build.StageFiles;
import dev.ocij.buildah.build.StepMounts;
import dev.ocij.buildah.cache.CacheFolders;
import dev.ocij.buildah.overlay.BuildFolder;
import dev.ocij.buildah.overlay.RunOverlay;
import dev.ocij.buildah.overlay.RunOverlays;
import dev.ocij.buildah.overlay.StageLayers;
import dev.ocij.buildah.plan.RunMount;
import dev.ocij.buildah.run.ContainerMounts;
import dev.ocij.buildah.run.Foreground;
import dev.ocij.buildah.run.RunRequest;
import dev.ocij.buildah.run.VolumeMount;
import dev.ocij.buildah.run.Volumes;
import dev.ocij.layer.LayeredTree;
import dev.ocij.layer.UnpackRules;
import dev.ocij.runtime.Accounts;
import dev.ocij.runtime.Bundle;
import dev.ocij.runtime.Bundles;
import dev.ocij.runtime.ContainerRequest;
import dev.ocij.runtime.Mount;
import dev.ocij.runtime.rootless.Isolation;
import dev.ocij.runtime.rootless.Runner;
import dev.ocij.runtime.rootless.RunningContainer;
import dev.ocij.runtime.rootless.Stdio;
import dev.ocij.spec.OciException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Runs a command in a working container; what it changes stays, whatever its status.
///
/// @param request the command, and how it is run
/// @param volumes of the host
/// @param made caches, and files of images
/// @param names what the container is told about names
/// @param remembered whether the history tells of it
/// @param runtime an installed one that runs the command; null for none
public record CommandRun(
    ContainerRequest request,
    List<VolumeMount> volumes,
    List<RunMount> made,
    RunRequest.Names names,
    boolean remembered,
    @Nullable RunByRuntime runtime) {
  private static final RunRequest.Attachment ATTACHED =
      new RunRequest.Attachment(true, true, true, true, 0);

  public CommandRun {
    volumes = List.copyOf(volumes);
    made = List.copyOf(made);
  }

  /// @param origins the images that mounts name
  /// @return the status of the command, or 128 and the number of the signal that ended it
  /// @throws dev.ocij.runtime.rootless.StartException where it did not begin
  public int in(OpenContainer container, CopyOrigins origins)
      throws IOException, InterruptedException {
    var isolation = Isolation.probe();
    requireMounts(isolation);
    var runner = Runner.of(isolation);
    if (runtime != null) {
      RunByRuntime.require(isolation, runner);
    }
    var layers = new StageLayers(container.images().blobs());
    new StartDirectory(container, layers, request).make();
    var changing = Changing.of(container, layers);
    var overlays = new RunOverlays(container.store(), isolation);
    BuildFolder.removeRuns(container.directory()); // of commands that were killed
    var directory = BuildFolder.nextIn(container.directory());
    var caches = new CacheFolders(container.store().cache().resolve("mounts"));
    try (var tree = changing.open(overlays, directory);
        var mounts = StepMounts.open(made, origins, directory, caches)) {
      var bundle = bundle(container, changing, tree, mounts);
      var begun = new ArrayList<RunningContainer>();
      int status = run(runner, tree.under(bundle), new Foreground(ATTACHED, begun::add));
      var mountPoints = made(bundle, begun.getFirst(), layers.tree(changing.below()));
      changing.keep(tree, overlays, begun.getFirst().owners(), mountPoints);
      remember(container);
      return status;
    }
  }

  /// A runtime brings its own terminal.
  private int run(Runner runner, Bundle bundle, Foreground front) throws InterruptedException {
    return runtime == null
        ? front.run(runner, bundle)
        : front.watch(runtime.start(bundle, Stdio.inherited()));
  }

  private List<String> made(Bundle bundle, RunningContainer ended, LayeredTree below) {
    return runtime == null ? ended.created() : RunByRuntime.mountPoints(bundle, below);
  }

  private void requireMounts(Isolation isolation) {
    boolean wanted = !volumes.isEmpty() || !made.isEmpty() || !request.mounts().isEmpty();
    if (wanted && !isolation.allowsMounts()) {
      throw new OciException(
          OciException.Category.IMPOSSIBLE,
          "run with mounts: they need namespaces, which are forbidden here: "
              + String.join("; ", isolation.obstacles()));
    }
  }

  private void remember(OpenContainer container) throws IOException {
    if (remembered) {
      var text = "/bin/sh -c " + String.join(" ", request.args());
      container.write(container.state().withStep(text, Instant.now()));
    }
  }

  private Bundle bundle(
      OpenContainer container, Changing changing, RunOverlay tree, StepMounts shown)
      throws IOException {
    var directory = tree.directory();
    var config = container.state().config().config();
    var files = new StageFiles(changing.layers().tree(changing.below()));
    var hostname = hostname(container.state());
    var mounts = new ArrayList<>(tree.provide(provided(container.state(), hostname)));
    mounts.addAll(request.mounts());
    var user =
        Objects.requireNonNullElse(request.user(), Objects.requireNonNullElse(config.user(), ""));
    var account = Accounts.of(files).find(user, request.groups(), request.umask());
    shown.give(account::user);
    mounts.addAll(shown.mounts());
    var rules = UnpackRules.ofThisProcess();
    var all =
        new ContainerMounts(
                new Volumes(container.store().volumes()),
                directory,
                null,
                account.user(),
                rules.whiteouts() == UnpackRules.Whiteouts.USER_OVERLAY,
                new ArrayList<>())
            .of(mounts, volumes);
    return Bundles.of(directory, tree.rootfs(), files, config, wish(hostname, all));
  }

  private ContainerRequest wish(@Nullable String hostname, List<Mount> mounts) {
    return request.with(draft -> {
      draft.hostname = hostname;
      draft.mounts = mounts;
    });
  }

  private @Nullable String hostname(WorkingContainer container) {
    return names.sharesHostname()
        ? null
        : Objects.requireNonNullElse(names.hostname(), container.shortId());
  }

  private Map<String, byte[]> provided(WorkingContainer container, @Nullable String hostname) {
    var contents = names.files(hostname, List.of(container.name()), null);
    volumes.forEach(volume -> contents.remove(volume.destination()));
    return contents;
  }
}
