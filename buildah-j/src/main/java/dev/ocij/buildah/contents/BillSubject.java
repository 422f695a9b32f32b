package dev.ocij.buildah.contents;

import dev.ocij.spec.Digest;
import java.time.Instant;

/// The image that a bill is of.
///
/// @param name where it has one, else its id
/// @param id the digest of its configuration, which stays the same wherever it is copied
/// @param created when the bill is said to be made: the same image, the same bill
public record BillSubject(String name, Digest id, Instant created) {
  /// What makes bills, and its version.
  static final String TOOL = "buildah-j";

  static final String TOOL_VERSION = "0.1.0";
}
