package dev.ocij.buildah.instruction;

import org.jspecify.annotations.Nullable;

/// What `RUN --mount` puts into the tree while the command runs, after expansion. Nothing of it
/// becomes part of the image.
public sealed interface Mount {
  /// What users of a cache mount do to one another.
  enum Sharing {
    /// They work in it at the same time.
    SHARED,
    /// Each gets one of its own.
    PRIVATE,
    /// They wait for one another.
    LOCKED
  }

  /// Who owns what is mounted, and who may use it.
  ///
  /// @param mode permission bits
  record Access(int mode, long uid, long gid) {}

  /// A file or directory of the build context or of what `from` names.
  ///
  /// @param target absolute
  /// @param source inside what it comes from
  /// @param from a stage, image or named context; null for the build context
  /// @param writable whether the command may write; what it writes is discarded
  /// @param given whether it belongs to the user of the command
  record Bind(String target, String source, @Nullable String from, boolean writable, boolean given)
      implements Mount {}

  /// A directory that later builds find again.
  ///
  /// @param id never used as a path
  /// @param from what an empty cache starts with, `source` inside it
  /// @param given whether all in it is given to the user of the command
  record Cache(
      String id,
      String target,
      String source,
      @Nullable String from,
      boolean writable,
      Sharing sharing,
      Access access,
      boolean given)
      implements Mount {}

  /// Memory.
  ///
  /// @param size at most so many bytes; 0 for no limit
  /// @param mode permission bits
  record Tmpfs(String target, long size, int mode) implements Mount {}

  /// A secret of the caller's, as a file, a variable of the environment, or both.
  ///
  /// @param target null where only `env` is asked for
  /// @param required whether the build fails where the caller gives none
  record Secret(
      String id, @Nullable String target, @Nullable String env, boolean required, Access access)
      implements Mount {}

  /// The socket of an agent of the caller's.
  ///
  /// @param target null for a name that the builder chooses
  record Ssh(String id, @Nullable String target, boolean required, Access access)
      implements Mount {}
}
