package dev.ocij.buildah.podman;

import dev.ocij.runtime.ContainerRequest;
import dev.ocij.runtime.Mount;
import dev.ocij.runtime.cdi.DeviceEdits;
import dev.ocij.runtime.cdi.DeviceName;
import dev.ocij.runtime.cdi.DeviceSpecs;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Options;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/// Which devices of the host `run` shows in the container. They stay the host's nodes: what the
/// caller may not open the container may not either.
final class DeviceFlags {
  private static final String ALL = "rwm";

  private final Supplier<List<String>> devices;

  DeviceFlags(Options options) {
    devices = options.texts("--device", "PATH[:PATH[:rwm]]|NAME", "a device of the host");
  }

  void apply(ContainerRequest.Draft draft) {
    devices.get().stream().map(DeviceFlags::edits).forEach(each -> each.apply(draft));
  }

  private static DeviceEdits edits(String text) {
    return DeviceName.isOne(text)
        ? DeviceSpecs.USUAL.require(DeviceName.parse(text))
        : DeviceEdits.of(mount(text));
  }

  private static Mount mount(String text) {
    var parts = text.split(":", -1);
    var last = parts[parts.length - 1];
    boolean hasMode = parts.length > 1 && last.matches("[rwm]+");
    var target = parts.length > (hasMode ? 2 : 1) ? parts[1] : parts[0];
    if (parts.length > 3 || (parts.length == 3 && !hasMode) || !target.startsWith("/")) {
      throw Values.usage(
          "invalid device %s: expected PATH[:PATH[:rwm]]".formatted(Quoted.of(text)));
    }
    requireDevice(parts[0]);
    var mode = hasMode ? last : ALL;
    return mode.contains("w")
        ? Mount.bind(parts[0], target, "nosuid", "noexec")
        : Mount.bind(parts[0], target, "nosuid", "noexec", "ro");
  }

  private static void requireDevice(String source) {
    var path = Path.of(source);
    if (!Files.exists(path)) {
      throw new OciException(
          OciException.Category.NOT_FOUND,
          "stat %s: no such file or directory".formatted(Quoted.escape(source)));
    }
    if (Files.isRegularFile(path) || Files.isDirectory(path)) {
      throw Values.usage("add device %s: it is no device".formatted(Quoted.of(source)));
    }
  }
}
