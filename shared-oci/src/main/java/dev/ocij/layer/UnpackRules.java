package dev.ocij.layer;

/// How a layer is to look on disk.
public record UnpackRules(Whiteouts whiteouts, Ownership ownership) {
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
    /// [RecordedOwner].
    RECORDED
  }
}
