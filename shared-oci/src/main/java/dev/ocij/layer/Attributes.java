package dev.ocij.layer;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// What an entry has beside its name and content.
///
/// @param mode permission bits with setuid, setgid and sticky: at most 07777
/// @param xattrs values by full name as in `security.capability`, sorted; the arrays are not copied
public record Attributes(int mode, Owner owner, Instant mtime, Map<String, byte[]> xattrs) {
  public static final int MODE_MASK = 07777;

  /// A directory of root's, as a missing parent gets it.
  public static final Attributes DIRECTORY = of(0755, Owner.ROOT, Instant.EPOCH);

  /// A file of root's that anyone may read.
  public static final Attributes FILE = of(0644, Owner.ROOT, Instant.EPOCH);

  public Attributes {
    if ((mode & ~MODE_MASK) != 0) {
      throw new IllegalArgumentException("more than permissions: %o".formatted(mode));
    }
    xattrs = xattrs.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(xattrs));
  }

  public static Attributes of(int mode, Owner owner, Instant mtime) {
    return new Attributes(mode, owner, mtime, Map.of());
  }

  public Attributes withMode(int changed) {
    return new Attributes(changed, owner, mtime, xattrs);
  }

  public Attributes withOwner(Owner changed) {
    return new Attributes(mode, changed, mtime, xattrs);
  }

  public Attributes withMtime(Instant changed) {
    return new Attributes(mode, owner, changed, xattrs);
  }

  public Attributes withXattrs(Map<String, byte[]> changed) {
    return new Attributes(mode, owner, mtime, changed);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Attributes(var otherMode, var otherOwner, var otherMtime, var others)
        && mode == otherMode
        && owner.equals(otherOwner)
        && mtime.equals(otherMtime)
        && sameXattrs(others);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * mode + owner.hashCode()) + mtime.hashCode();
  }

  private boolean sameXattrs(Map<String, byte[]> others) {
    return xattrs.keySet().equals(others.keySet())
        && xattrs.entrySet().stream()
            .allMatch(x -> Arrays.equals(x.getValue(), others.get(x.getKey())));
  }
}
