package dev.ocij.buildah.instruction;

import java.util.List;

/// The types of `RUN --mount`, each with all options it has.
enum MountType {
  BIND,
  CACHE,
  TMPFS,
  SECRET,
  SSH;

  /// The option that gives what is mounted to the user of the command; in lower case, as all are.
  static final String GIVEN = "u";

  /// The main names of all options. `relabel` and `z` are for SELinux and have no effect; nor have
  /// `bind-propagation` and `bind-nonrecursive`, for what a bind mount shows is a copy.
  List<String> options() {
    return switch (this) {
      case BIND ->
          List.of(
              "target",
              "source",
              "from",
              "readonly",
              "relabel",
              "z",
              GIVEN,
              "bind-propagation",
              "bind-nonrecursive");
      case CACHE ->
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
              "z",
              GIVEN);
      case TMPFS -> List.of("target", "size", "mode");
      case SECRET -> List.of("id", "target", "source", "env", "required", "mode", "uid", "gid");
      case SSH -> List.of("id", "target", "required", "mode", "uid", "gid");
    };
  }

  Mount mount(MountOptions values) {
    return switch (this) {
      case BIND -> values.bind();
      case CACHE -> values.cache();
      case TMPFS -> values.tmpfs();
      case SECRET -> values.secret();
      case SSH -> values.ssh();
    };
  }
}
