package dev.ocij.buildah.podman;

import dev.ocij.buildah.run.Containers;
import dev.ocij.buildah.run.GivenSecret;
import dev.ocij.buildah.run.ImageMount;
import dev.ocij.buildah.run.ImageVolumes;
import dev.ocij.buildah.run.MountText;
import dev.ocij.buildah.run.Secrets;
import dev.ocij.buildah.run.VolumeMount;
import dev.ocij.runtime.ContainerRequest;
import dev.ocij.runtime.Mount;
import dev.ocij.spec.Quoted;
import dev.ocij.store.Store;
import dev.ocij.term.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What `run` may be told about the file system.
final class MountFlags {
  private static final List<String> WRITABLE = List.of("/run", "/tmp", "/var/tmp");
  private static final Path ZONES = Path.of("/usr/share/zoneinfo");

  private final Supplier<List<String>> volumes;
  private final Supplier<List<String>> mounts;
  private final Supplier<List<String>> from;
  private final Supplier<List<String>> tmpfs;
  private final Supplier<List<String>> secrets;
  private final Supplier<Optional<String>> imageVolume;
  private final BooleanSupplier readOnly;
  private final Supplier<Optional<Boolean>> readOnlyTmpfs;
  private final Supplier<Optional<String>> shmSize;
  private final Supplier<Optional<String>> timeZone;

  MountFlags(Options options) {
    volumes = options.texts("-v, --volume", "[SOURCE:]DIR[:OPTIONS]", "a volume or the host's");
    mounts = options.texts("--mount", "type=TYPE,…", "a bind, volume, tmpfs or image mount");
    from =
        options.texts(
            "--volumes-from", "CONTAINER[:OPTIONS]", "the volumes that another container has");
    tmpfs = options.texts("--tmpfs", "DIR[:OPTIONS]", "an empty file system in memory");
    secrets =
        options.texts("--secret", "NAME[,type=mount|env,…]", "a secret, as a file in /run/secrets");
    imageVolume =
        options.text("--image-volume", "anonymous|tmpfs|ignore", "what the image's volumes become");
    readOnly = options.flag("--read-only", "nothing of the root file system can be changed");
    readOnlyTmpfs =
        options.choice("--read-only-tmpfs", "but /run, /tmp and /var/tmp; default: true");
    shmSize = options.text("--shm-size", "SIZE", "of /dev/shm; default: 64m");
    timeZone = options.text("--tz", "ZONE", "the time zone, or local for the host's");
  }

  /// @param ofPod as `--volume` has them; they give way to others
  List<VolumeMount> volumes(Store store, List<String> ofPod) throws IOException {
    var all = new ArrayList<>(volumes.get().stream().map(VolumeMount::parse).toList());
    mountTexts()
        .filter(text -> !text.isTmpfs() && !text.isImage())
        .map(MountText::volume)
        .forEach(all::add);
    for (var given : from.get()) {
      addOthers(all, given, new Containers(store));
    }
    addMissing(all, ofPod.stream().map(VolumeMount::parse).toList());
    timeZone
        .get()
        .map(MountFlags::zone)
        .ifPresent(
            file -> all.add(new VolumeMount(file.toString(), "/etc/localtime", List.of("ro"))));
    return all;
  }

  /// Where a volume was asked for by itself, that counts.
  private static void addOthers(List<VolumeMount> all, String given, Containers containers)
      throws IOException {
    var parts = given.split(":", 2);
    var options = parts.length < 2 ? List.<String>of() : List.of(parts[1].split(","));
    addMissing(all, CallerMounts.of(containers, containers.find(parts[0])).shared(options));
  }

  private static void addMissing(List<VolumeMount> all, List<VolumeMount> further) {
    for (var volume : further) {
      if (all.stream().noneMatch(each -> each.destination().equals(volume.destination()))) {
        all.add(volume);
      }
    }
  }

  List<ImageMount> images() {
    return mountTexts().filter(MountText::isImage).map(MountText::image).toList();
  }

  List<GivenSecret> secrets(Store store) throws IOException {
    var all = new ArrayList<GivenSecret>();
    for (var given : secrets.get()) {
      all.add(GivenSecret.parse(given, new Secrets(store.secrets())));
    }
    return all;
  }

  ImageVolumes imageVolumes() {
    var asked = imageVolume.get().orElse("anonymous");
    return switch (asked) {
      case "anonymous", "bind" -> ImageVolumes.ANONYMOUS;
      case "tmpfs" -> ImageVolumes.TMPFS;
      case "ignore" -> ImageVolumes.IGNORE;
      default ->
          throw Values.usage(
              "invalid image-volume %s: expected anonymous, tmpfs or ignore"
                  .formatted(Quoted.of(asked)));
    };
  }

  void apply(ContainerRequest.Draft draft) {
    draft.readOnly = readOnly.getAsBoolean();
    shmSize.get().map(MountText::size).ifPresent(size -> draft.shmSize = size);
    draft.mounts = tmpfsMounts();
  }

  private List<Mount> tmpfsMounts() {
    var all = new ArrayList<Mount>();
    if (readOnly.getAsBoolean() && readOnlyTmpfs.get().orElse(true)) {
      WRITABLE.forEach(path -> all.add(Mount.of(path, "tmpfs", "nosuid", "nodev", "mode=1777")));
    }
    tmpfs.get().stream().map(MountText::tmpfs).forEach(all::add);
    mountTexts().filter(MountText::isTmpfs).map(MountText::mount).forEach(all::add);
    return all;
  }

  private Stream<MountText> mountTexts() {
    return mounts.get().stream().map(MountText::parse);
  }

  private static Path zone(String name) {
    var file = name.equals("local") ? Path.of("/etc/localtime") : ZONES.resolve(name).normalize();
    if ((!name.equals("local") && !file.startsWith(ZONES)) || !Files.isRegularFile(file)) {
      throw Values.usage("unknown time zone %s: it is not in %s".formatted(Quoted.of(name), ZONES));
    }
    return file;
  }
}
