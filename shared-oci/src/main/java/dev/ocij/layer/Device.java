package dev.ocij.layer;

/// The numbers of a character or block device.
public record Device(int major, int minor) {
  /// What other entries have, and an overlay's whiteout on disk.
  public static final Device NONE = new Device(0, 0);
}
