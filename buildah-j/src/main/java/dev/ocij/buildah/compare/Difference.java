package dev.ocij.buildah.compare;

import dev.ocij.spec.Quoted;

/// One thing in which a rebuilt image differs from the one that was built before.
///
/// @param where it is, from the outside in: a layer and an entry, or the document and its field
/// @param before what the image has
/// @param now what the rebuilt one has
public record Difference(String where, String before, String now) {
  /// What stands where there is nothing.
  static final String NOTHING = "nothing";

  /// In one line: `layer 2 of 3: "etc/motd": mode 0644, rebuilt 0600`.
  @Override
  public String toString() {
    return "%s %s, rebuilt %s".formatted(where, Quoted.escape(before), Quoted.escape(now));
  }

  /// The same, further out.
  Difference in(String outer) {
    return new Difference(outer + ": " + where, before, now);
  }
}
