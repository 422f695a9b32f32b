package dev.ocij.buildah.run;

import dev.ocij.buildah.overlay.RunOverlay;
import dev.ocij.layer.StackedFolders;
import dev.ocij.layer.UnpackRules;
import dev.ocij.runtime.Accounts;
import dev.ocij.runtime.Bundle;
import dev.ocij.runtime.Bundles;
import dev.ocij.runtime.ContainerRequest;
import dev.ocij.runtime.Mount;
import dev.ocij.runtime.NameFiles;
import dev.ocij.runtime.RootFiles;
import dev.ocij.runtime.User;
import dev.ocij.runtime.rootless.ControlGroup;
import dev.ocij.runtime.rootless.Isolation;
import dev.ocij.spec.ContainerConfig;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes the bundle of a container: what was asked for, put together with what its image says.
///
/// @param tree its root file system
/// @param below the image, where there is one
record ContainerBundle(
    RunRequest request,
    ContainerFolder folder,
    RunOverlay tree,
    @Nullable StackedFolders below,
    ContainerConfig config,
    Isolation isolation,
    Volumes volumes) {
  private static final String INIT = "/run/podman-init";

  /// The entrypoint and the command, of the caller or of the image.
  static List<String> command(RunRequest request, ContainerConfig image) {
    var words = new ArrayList<>(request.entrypoint().orElse(image.entrypoint()));
    boolean own = request.entrypoint().isPresent() || !request.args().isEmpty();
    words.addAll(own ? request.args() : image.cmd());
    return words;
  }

  Bundle make() throws IOException {
    refuseWithoutMounts();
    var files = tree.files();
    var provided = tree.provide(provided(files));
    for (var mount : provided) {
      MappedTree.giveRoot(Path.of(mount.source()), request.container().ids());
    }
    var anonymous = new ArrayList<String>();
    var mounts = mounts(files, provided, anonymous);
    var wish =
        request
            .container()
            .with(draft -> {
              draft.args = arguments();
              draft.hostname = hostname();
              draft.mounts = mounts;
              draft.env = environment(draft.env);
              // Another runtime has rules of its own for where such a group is.
              draft.controlGroup = request.runtime() == null ? controlGroup() : null;
            });
    if (!anonymous.isEmpty()) {
      folder.write(folder.state().with(draft -> draft.volumes = anonymous));
    }
    return tree.under(Bundles.of(folder.directory(), tree.rootfs(), files, config, wish));
  }

  private String controlGroup() {
    var own = "ocij-" + folder.state().id();
    var pod = request.pod();
    return pod == null ? own : ControlGroup.outer(pod.id()) + "/" + own;
  }

  /// With `--init` the command is the first process's child.
  private List<String> arguments() {
    var words = command(request, config);
    if (request.life().init() == null || words.isEmpty()) {
      return words;
    }
    return Stream.concat(Stream.of(INIT, "--"), words.stream()).toList();
  }

  private List<Mount> mounts(RootFiles files, List<Mount> provided, List<String> anonymous)
      throws IOException {
    var usual = new ArrayList<>(provided);
    var wanted = new ArrayList<>(request.volumes());
    addImageVolumes(usual, wanted);
    usual.addAll(request.container().mounts());
    addSharedMemory(usual);
    for (var secret : request.secrets()) {
      if (!secret.variable()) {
        usual.add(secret.mount(folder.directory(), request.container().ids()));
      }
    }
    var init = request.life().init();
    if (init != null) {
      usual.add(Mount.bind(init, INIT, "ro", "nosuid", "nodev"));
    }
    var rules = UnpackRules.ofThisProcess();
    return new ContainerMounts(
            volumes,
            folder.directory(),
            below,
            user(files),
            rules.whiteouts() == UnpackRules.Whiteouts.USER_OVERLAY,
            anonymous)
        .of(usual, wanted);
  }

  /// The container's user, as this process calls them.
  private User user(RootFiles files) {
    var inside = account(files).user();
    var ids = request.container().ids();
    if (ids == null) {
      return inside;
    }
    return new User(
        (int) ids.uid(inside.uid()), (int) ids.gid(inside.gid()), List.of(), inside.umask());
  }

  /// Who shares the pod's means of communication shares its memory too.
  private void addSharedMemory(List<Mount> usual) {
    var pod = request.pod();
    if (pod != null && pod.joins() && pod.shares().contains("ipc")) {
      var infra = folder.directory().resolveSibling(String.valueOf(pod.infraId()));
      usual.add(
          Mount.bind(PodCreation.shm(infra).toString(), "/dev/shm", "nosuid", "nodev", "noexec"));
    }
  }

  private void addImageVolumes(List<Mount> usual, List<VolumeMount> wanted) {
    for (var path : config.volumes().keySet()) {
      boolean taken =
          wanted.stream().anyMatch(volume -> volume.destination().equals(path))
              || request.container().mounts().stream()
                  .anyMatch(mount -> mount.destination().equals(path));
      if (!taken && isolation.allowsMounts()) {
        switch (request.imageVolumes()) {
          case ANONYMOUS -> wanted.add(new VolumeMount(null, path, List.of()));
          case TMPFS -> usual.add(Mount.of(path, "tmpfs", "nosuid", "nodev", "mode=1777"));
          case IGNORE -> {}
        }
      }
    }
  }

  private @Nullable String hostname() {
    var names = request.names();
    if (names.sharesHostname() || !isolation.allowsMounts()) {
      return null;
    }
    return Objects.requireNonNullElse(names.hostname(), folder.state().shortId());
  }

  /// What the container finds in /etc beside what its image has there.
  private Map<String, byte[]> provided(RootFiles files) throws IOException {
    var contents =
        request.names().files(hostname(), List.of(folder.state().name()), hostsBase(files));
    contents.putAll(new AccountFiles(request.accounting(), account(files), cwd()).contents(files));
    contents.keySet().removeIf(this::isCovered);
    return contents;
  }

  /// A file of ours gives way to one that the caller mounts there.
  private boolean isCovered(String path) {
    return request.volumes().stream()
        .anyMatch(
            volume -> volume.destination().equals(path) || volume.destination().equals("/etc"));
  }

  private @Nullable String hostsBase(RootFiles files) {
    var base = request.names().hostsBase();
    if (base == null) {
      return null;
    }
    return switch (base) {
      case "none" -> "";
      case "image" -> files.read(NameFiles.HOSTS).orElse("");
      default -> read(base);
    };
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO, "read %s: %s".formatted(Quoted.of(file), Reason.of(e)), e);
    }
  }

  private Accounts.Account account(RootFiles files) {
    ContainerRequest wish = request.container();
    var user =
        Objects.requireNonNullElse(wish.user(), Objects.requireNonNullElse(config.user(), ""));
    return Accounts.of(files).find(user, wish.groups(), wish.umask());
  }

  private String cwd() {
    var wish = request.container().cwd();
    return Objects.requireNonNullElse(wish, Objects.requireNonNullElse(config.workingDir(), "/"));
  }

  private List<String> environment(List<String> given) {
    var all = new ArrayList<String>();
    if (hostname() == null) {
      all.add("HOSTNAME=" + read("/proc/sys/kernel/hostname").strip());
    }
    all.addAll(given);
    request.secrets().stream()
        .filter(GivenSecret::variable)
        .map(GivenSecret::assignment)
        .forEach(all::add);
    all.addAll(new MergedEnvironment(config.env(), given).expand(request.mergedEnv()));
    return all;
  }

  private void refuseWithoutMounts() {
    if (!isolation.allowsMounts() && request.names().hostname() != null) {
      throw new OciException(
          OciException.Category.IMPOSSIBLE,
          "start the container: a hostname of its own needs namespaces and mounts, which are"
              + " forbidden here");
    }
  }
}
