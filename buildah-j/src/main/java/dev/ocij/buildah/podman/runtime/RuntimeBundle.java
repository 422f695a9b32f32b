package dev.ocij.buildah.podman.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.runtime.Bundle;
import dev.ocij.runtime.ContainerProcess;
import dev.ocij.runtime.LinuxConfig;
import dev.ocij.runtime.RuntimeConfig;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Reads a bundle that somebody else has made.
final class RuntimeBundle {
  /// What is not followed yet, and would change what the container is.
  private static final List<String> UNSUPPORTED =
      List.of(
          "/hooks",
          "/domainname",
          "/process/apparmorProfile",
          "/process/selinuxLabel",
          "/process/scheduler",
          "/linux/devices",
          "/linux/intelRdt",
          "/linux/personality",
          "/linux/timeOffsets",
          "/linux/mountLabel",
          "/linux/seccomp/listenerPath");

  private RuntimeBundle() {}

  static Bundle read(Path directory) {
    var bytes = bytes(directory.resolve("config.json"));
    check(Json.readTree(bytes, "config.json of a bundle"));
    var config = RuntimeConfig.parse(bytes);
    checkUser(config.linux());
    return Bundle.of(directory, config);
  }

  /// A process that stands in a file alone.
  static ContainerProcess readProcess(Path file) {
    var bytes = bytes(file);
    var tree = Json.readTree(bytes, "process of a bundle");
    check(Json.object().set("process", tree));
    return Json.read(bytes, ContainerProcess::from, "process of a bundle");
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO,
          "open %s: %s".formatted(Quoted.escape(file.toString()), Reason.of(e)),
          e);
    }
  }

  /// Whether it asks for limits of control groups.
  static boolean hasLimits(Bundle bundle) {
    var resources = bundle.config().linux().resources();
    return resources != null
        && (resources.memory() != null || resources.cpu() != null || resources.pids() != null);
  }

  private static void check(JsonNode config) {
    for (var path : UNSUPPORTED) {
      var found = config.at(path);
      boolean empty = found.isNull() || (found.isEmpty() && found.asText().isEmpty());
      if (!empty) {
        throw notYet(path.substring(1).replace('/', '.'));
      }
    }
  }

  /// Ids stay what they are in the namespace of whoever calls.
  private static void checkUser(LinuxConfig linux) {
    for (var namespace : linux.namespaces()) {
      if (namespace.type().equals("user") || namespace.type().equals("time")) {
        throw notYet("a %s namespace".formatted(namespace.type()));
      }
    }
  }

  private static OciException notYet(String what) {
    return new OciException(
        OciException.Category.UNSUPPORTED,
        "config.json: %s is not implemented yet".formatted(what));
  }
}
