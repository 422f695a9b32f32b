package dev.ocij.buildah.cli;

import dev.ocij.buildah.run.VolumeMount;
import dev.ocij.runtime.Mount;
import dev.ocij.runtime.cdi.DeviceEdits;
import dev.ocij.runtime.cdi.DeviceName;
import dev.ocij.runtime.cdi.DeviceSpecs;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Options;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// What of this machine the containers of RUN see.
final class VolumeFlags {
  /// For SELinux, which no container here has labels of, and for volumes that have a name.
  private static final Set<String> WITHOUT_EFFECT = Set.of("z", "Z", "copy", "nocopy");

  private static final String OVERLAY = "O";

  private final Supplier<List<String>> volumes;
  private final Supplier<List<String>> devices;

  VolumeFlags(Options options) {
    volumes =
        options.texts(
            "-v, --volume", "PATH:DIR[:OPTIONS]", "a file or folder of the host, for RUN");
    devices = options.texts("--device", "PATH[:PATH[:rwm]]|NAME", "a device of the host, for RUN");
  }

  List<Mount> mounts() {
    var mounts = new ArrayList<Mount>();
    volumes.get().forEach(text -> mounts.add(volume(text)));
    mounts.addAll(lent().mounts());
    return mounts;
  }

  /// What containers get for devices.
  DeviceEdits lent() {
    return devices(devices.get());
  }

  /// What a container gets for these values of `--device`: paths, or names that vendors describe.
  static DeviceEdits devices(List<String> texts) {
    return texts.stream()
        .map(text ->
            DeviceName.isOne(text)
                ? DeviceSpecs.USUAL.require(DeviceName.parse(text))
                : DeviceEdits.of(device(text)))
        .reduce(DeviceEdits.NOTHING, DeviceEdits::and);
  }

  static Mount volume(String text) {
    var volume = VolumeMount.parse(text);
    if (volume.source() == null) {
      throw usage("--volume", text, "expected PATH:DIR[:OPTIONS], both absolute");
    }
    var source = existing("--volume", text, volume.source());
    if (volume.options().contains(OVERLAY)) {
      return Mount.of(volume.destination(), "overlay", "lowerdir=" + source);
    }
    var options = volume.options().stream().filter(each -> !WITHOUT_EFFECT.contains(each));
    return Mount.bind(source, volume.destination(), options.toArray(String[]::new));
  }

  private static Mount device(String text) {
    var parts = text.split(":", -1);
    boolean rights = parts.length > 1 && parts[parts.length - 1].matches("[rwm]{1,3}");
    int paths = rights ? parts.length - 1 : parts.length;
    if (paths > 2 || !parts[paths - 1].startsWith("/")) {
      throw usage("--device", text, "expected PATH[:PATH[:rwm]]");
    }
    var source = existing("--device", text, parts[0]);
    if (Files.isRegularFile(Path.of(source)) || Files.isDirectory(Path.of(source))) {
      throw usage("--device", text, "no device; lend files with --volume");
    }
    boolean readOnly = rights && !parts[parts.length - 1].contains("w");
    var options = readOnly ? new String[] {"nosuid", "ro"} : new String[] {"nosuid"};
    return Mount.bind(source, parts[paths - 1], options);
  }

  private static String existing(String option, String text, String source) {
    var path = Path.of(source);
    if (!path.isAbsolute() || !Files.exists(path)) {
      throw usage(
          option, text, "there is no %s; name an absolute path".formatted(Quoted.of(source)));
    }
    return source;
  }

  private static OciException usage(String option, String text, String found) {
    return new OciException(
        OciException.Category.USAGE, "%s %s: %s".formatted(option, Quoted.of(text), found));
  }
}
