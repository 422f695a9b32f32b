package dev.ocij.layer.chunked;

import java.util.List;

/// The table of contents of a layer.
///
/// @param tarSplitDigest of the compressed record of the tar around its files
record Toc(int version, List<TocEntry> entries, String tarSplitDigest) {
  static final int VERSION = 1;
}
