package dev.ocij.buildah.cli;

import dev.ocij.name.Reference;
import dev.ocij.name.Repository;

/// The names that images get in the local store.
public final class LocalNames {
  private LocalNames() {}

  /// A complete name: without a registry it begins with `localhost/`, without a tag it ends with
  /// `:latest`.
  public static String complete(String typed) {
    return Reference.parse(Repository.namesRegistry(typed) ? typed : "localhost/" + typed)
        .toString();
  }
}
