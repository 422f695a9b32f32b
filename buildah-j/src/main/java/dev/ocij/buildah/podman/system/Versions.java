package dev.ocij.buildah.podman.system;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.spec.Json;
import dev.ocij.spec.Platform;

/// What this program says of its version: that of the podman whose command line it follows.
final class Versions {
  static final String PODMAN = "5.8.6";
  static final String BUILDAH = "1.43.2";

  private Versions() {}

  static ObjectNode json() {
    return Json.object()
        .put("APIVersion", PODMAN)
        .put("Version", PODMAN)
        .put("GoVersion", "java" + Runtime.version().feature())
        .put("GitCommit", "")
        .put("BuiltTime", "Thu Jan  1 00:00:00 1970")
        .put("Built", 0)
        .put("BuildOrigin", "podman-j 0.1.0")
        .put("OsArch", Platform.host().toString())
        .put("Os", Platform.host().os());
  }
}
