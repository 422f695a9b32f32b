package dev.ocij.runtime.rootless;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The options of a mount, sorted by whom they concern.
///
/// @param attributes `MOUNT_ATTR_…` bits of the mount point
/// @param recursive whether a bind takes along what is mounted below
/// @param propagation whom later mounts are shared with
/// @param data `key=value` or `flag` for the file system
record MountOptions(
    long attributes, boolean recursive, Propagation propagation, List<String> data) {
  static final long READ_ONLY = 1;
  static final long NO_SUID = 2;
  static final long NO_DEV = 4;
  static final long NO_EXEC = 8;

  private static final Map<String, Long> ATTRIBUTES =
      Map.of(
          "ro", READ_ONLY,
          "nosuid", NO_SUID,
          "nodev", NO_DEV,
          "noexec", NO_EXEC,
          "noatime", 0x10L,
          "strictatime", 0x20L,
          "nodiratime", 0x80L);

  /// What is so without being asked for, or concerns other runtimes.
  private static final List<String> WITHOUT_EFFECT =
      List.of(
          "bind",
          "rw",
          "suid",
          "dev",
          "exec",
          "relatime",
          "defaults",
          "z",
          "Z",
          "copyup",
          "tmpcopyup",
          "notmpcopyup");

  MountOptions {
    data = List.copyOf(data);
  }

  static MountOptions parse(List<String> options) {
    long attributes = 0;
    var data = new ArrayList<String>();
    for (var option : options) {
      if (ATTRIBUTES.containsKey(option)) {
        attributes |= ATTRIBUTES.get(option);
      } else if (!Propagation.isOne(option)
          && !WITHOUT_EFFECT.contains(option)
          && !option.equals("rbind")) {
        data.add(option);
      }
    }
    return new MountOptions(attributes, options.contains("rbind"), Propagation.of(options), data);
  }
}
