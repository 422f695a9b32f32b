package dev.ocij.runtime.rootless;

import dev.ocij.linux.Directory;
import dev.ocij.linux.Errno;
import dev.ocij.linux.FileStatus;
import dev.ocij.linux.SystemCallException;
import java.io.IOException;
import java.nio.file.Path;

/// The devices of a container for which nothing can be mounted, made in its tree before it starts:
/// so the start itself changes nothing there.
public final class DeviceNodes {
  private static final String FOLDER = "dev";

  private DeviceNodes() {}

  /// Makes what is missing; nothing where the image has a link in the place of the folder, or this
  /// process may not make devices.
  public static void make(Path rootfs) throws IOException {
    try (var root = Directory.open(rootfs)) {
      if (root.status(FOLDER).isEmpty()) {
        root.createDirectory(FOLDER);
        root.setMode(FOLDER, 0755);
      }
      try (var folder = root.openDirectory(FOLDER)) {
        for (var device : MountPlan.DEVICES) {
          make(folder, device);
        }
      }
    } catch (SystemCallException e) {
      if (!e.is(Errno.EPERM, Errno.ENOTDIR, Errno.ELOOP)) {
        throw e;
      }
    }
  }

  private static void make(Directory folder, InitAction.MakeDevice device) throws IOException {
    if (folder.status(device.name()).isEmpty()) {
      folder.createNode(device.name(), FileStatus.CHARACTER, device.major(), device.minor());
      folder.setMode(device.name(), 0666);
    }
  }
}
