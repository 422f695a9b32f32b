package dev.ocij.layer;

import java.util.List;

/// What came of unpacking a layer.
///
/// @param index of the tar that was unpacked
/// @param shortfalls what the machine did not allow; the tree is usable without
public record Unpacked(TarIndex index, List<Shortfall> shortfalls) {
  /// One thing that a file lacks, as "device 8:0 is an empty file".
  public record Shortfall(String path, String lack) {}

  public Unpacked {
    shortfalls = List.copyOf(shortfalls);
  }
}
