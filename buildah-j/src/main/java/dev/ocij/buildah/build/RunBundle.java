package dev.ocij.buildah.build;

import dev.ocij.buildah.context.StageTree;
import dev.ocij.buildah.instruction.Network;
import dev.ocij.buildah.instruction.Security;
import dev.ocij.buildah.overlay.LooseCopies;
import dev.ocij.buildah.overlay.OwnedTree;
import dev.ocij.buildah.overlay.RunOverlay;
import dev.ocij.buildah.plan.RunStep;
import dev.ocij.layer.Entry;
import dev.ocij.layer.LayeredTree;
import dev.ocij.layer.UnpackRules;
import dev.ocij.runtime.Accounts;
import dev.ocij.runtime.Bundle;
import dev.ocij.runtime.Bundles;
import dev.ocij.runtime.ContainerRequest;
import dev.ocij.runtime.Mount;
import dev.ocij.runtime.User;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// What the container of one RUN is made of: the image's configuration, the instruction, and what
/// the build gives to all of them.
///
/// @param below the layers, as one tree
record RunBundle(
    RunSettings settings, RunStep step, RunOverlay overlay, StepMounts mounts, LayeredTree below) {

  Bundle make() throws IOException {
    var config = step.after().config();
    var all = new ArrayList<>(overlay.provide(settings.files()));
    var script = step.execution().script();
    if (script != null) {
      var program = step.execution().arguments().getFirst();
      all.addAll(overlay.provideProgram(program, script.getBytes(StandardCharsets.UTF_8)));
    }
    if (settings.keepsVolumes()) {
      all.addAll(volumes());
    }
    for (var mount : settings.mounts()) {
      all.add(mount.type().equals("overlay") ? overlaid(mount) : given(mount));
    }
    mounts.give(this::user);
    all.addAll(mounts.mounts());
    var environment = new ArrayList<>(step.environment());
    environment.addAll(mounts.environment());
    var request =
        ContainerRequest.of(step.execution().arguments())
            .with(draft -> {
              draft.env = environment;
              draft.network = network();
              draft.mounts = all;
              settings.change().accept(draft);
              new Grants(settings).devices(step).forEach(each -> each.apply(draft));
              draft.privileged |= step.security() == Security.INSECURE;
            });
    return overlay.under(
        Bundles.of(overlay.directory(), overlay.rootfs(), new StageFiles(below), config, request));
  }

  /// What is lent with `U` belongs to the user of the step from now on.
  private Mount given(Mount mount) throws IOException {
    if (!mount.options().contains(RunSettings.GIVEN)) {
      return mount;
    }
    new OwnedTree(Path.of(mount.source()), user()).give();
    var options = mount.options().stream().filter(each -> !each.equals(RunSettings.GIVEN)).toList();
    return new Mount(mount.destination(), mount.type(), mount.source(), options);
  }

  private User user() {
    var name = Objects.requireNonNullElse(step.after().config().user(), "");
    return Accounts.of(new StageFiles(below)).find(name, List.of(), null).user();
  }

  /// What the command writes there goes with the container.
  private Mount overlaid(Mount mount) throws IOException {
    var folder = Files.createTempDirectory(overlay.directory(), "overlay-");
    var options = new ArrayList<>(mount.options());
    options.add("upperdir=" + Files.createDirectory(folder.resolve("upper")));
    options.add("workdir=" + Files.createDirectory(folder.resolve("work")));
    if (UnpackRules.ofThisProcess().whiteouts() == UnpackRules.Whiteouts.USER_OVERLAY) {
      options.add("userxattr");
    }
    return Mount.of(mount.destination(), "overlay", options.toArray(String[]::new));
  }

  /// A copy of each volume, which goes with the container.
  private List<Mount> volumes() throws IOException {
    var mounts = new ArrayList<Mount>();
    var tree = new StageTree(below);
    for (var path : step.after().config().volumes().keySet()) {
      var found = tree.follow(path).filter(Entry::isDirectory);
      if (found.isPresent()) {
        var folder = Files.createTempDirectory(overlay.directory(), "volume-");
        mounts.add(Mount.bind(LooseCopies.ofTree(folder, tree, found.get()).toString(), path));
      }
    }
    return mounts;
  }

  private String network() {
    return step.network() == Network.DEFAULT
        ? settings.network()
        : step.network().name().toLowerCase(Locale.ROOT);
  }
}
