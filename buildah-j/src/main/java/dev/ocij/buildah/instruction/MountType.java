package dev.ocij.buildah.instruction;

import java.util.List;
import java.util.function.Function;

/// The types of `RUN --mount`, each with all options it has.
public enum MountType {
  BIND(MountOptions::bind, List.of("target", "source", "from", "readonly", "relabel", "z")),
  CACHE(
      MountOptions::cache,
      List.of(
          "id",
          "target",
          "source",
          "from",
          "readonly",
          "sharing",
          "mode",
          "uid",
          "gid",
          "relabel",
          "z")),
  TMPFS(MountOptions::tmpfs, List.of("target", "size")),
  SECRET(
      MountOptions::secret,
      List.of("id", "target", "source", "env", "required", "mode", "uid", "gid")),
  SSH(MountOptions::ssh, List.of("id", "target", "required", "mode", "uid", "gid"));

  private final Function<MountOptions, Mount> mount;
  private final List<String> options;

  MountType(Function<MountOptions, Mount> mount, List<String> options) {
    this.mount = mount;
    this.options = options;
  }

  /// The names of all options; the writing ones are `readonly` said the other way round.
  public List<String> options() {
    return options;
  }

  Mount mount(MountOptions values) {
    return mount.apply(values);
  }
}
