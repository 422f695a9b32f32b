package dev.ocij.layer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// How a layer is to look on disk.
public record UnpackRules(Whiteouts whiteouts, Ownership ownership) {
  private static final Path UID_MAP = Path.of("/proc/self/uid_map");
  private static final int CAP_SYS_ADMIN = 21;
  private static final String ALL_IDS = "0 0 4294967295";

  /// The rules for trees that this process mounts itself: root's own, or those of a user namespace
  /// with many ids or with one.
  public static UnpackRules ofThisProcess() {
    var map = uidMap().strip().replaceAll("[ \t]+", " ");
    if (map.equals(ALL_IDS)) {
      return new UnpackRules(
          maySetTrusted() ? Whiteouts.TRUSTED_OVERLAY : Whiteouts.USER_OVERLAY, Ownership.REAL);
    }
    boolean one = map.lines().count() == 1 && map.endsWith(" 1");
    return new UnpackRules(Whiteouts.USER_OVERLAY, one ? Ownership.RECORDED : Ownership.REAL);
  }

  /// Root in a container often may not: there no overlay is mounted either, but trees are copied.
  private static boolean maySetTrusted() {
    try (var lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("CapEff:"))
          .map(line -> Long.parseUnsignedLong(line.substring("CapEff:".length()).strip(), 16))
          .allMatch(capabilities -> (capabilities >> CAP_SYS_ADMIN & 1) == 1);
    } catch (IOException _) {
      return true;
    }
  }

  private static String uidMap() {
    try {
      return Files.readString(UID_MAP);
    } catch (IOException _) {
      return ALL_IDS;
    }
  }

  /// What becomes of the marks that remove something below.
  public enum Whiteouts {
    /// The tree will be a lower directory of a mount with `userxattr`, as in a user namespace.
    USER_OVERLAY("user.overlay."),
    /// The tree will be a lower directory of root's own mount.
    TRUSTED_OVERLAY("trusted.overlay."),
    /// The tree holds the layers below already, and what the marks name is deleted from it.
    APPLIED("");

    private final String prefix;

    Whiteouts(String prefix) {
      this.prefix = prefix;
    }

    /// The full name of an attribute that the overlay reads, as `opaque`.
    String xattr(String name) {
      return prefix + name;
    }
  }

  /// What becomes of owners.
  public enum Ownership {
    /// Each file gets its own: needs root, or a user namespace where all ids are mapped.
    REAL,
    /// All files belong to who unpacks, and stand for root's; other owners are kept beside them in
    /// [FileRecord]; so is what is a device.
    RECORDED
  }
}
