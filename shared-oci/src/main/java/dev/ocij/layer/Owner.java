package dev.ocij.layer;

/// The numeric owner and group of an entry; layers carry no names.
///
/// @param uid 0 to 2³²−2, as in `uid_t`
/// @param gid likewise
public record Owner(long uid, long gid) {
  public static final Owner ROOT = new Owner(0, 0);

  /// The value that means "leave as it is" in chown(2), thus no id.
  private static final long NOBODY_AT_ALL = 0xffff_ffffL;

  public Owner {
    if (uid < 0 || uid >= NOBODY_AT_ALL || gid < 0 || gid >= NOBODY_AT_ALL) {
      throw new IllegalArgumentException("no ids: %d:%d".formatted(uid, gid));
    }
  }

  /// As the tools show it: `uid:gid`.
  @Override
  public String toString() {
    return uid + ":" + gid;
  }
}
