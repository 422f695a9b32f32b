package dev.ocij.buildah.podman;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.spec.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/// The numbers of the namespaces that a process is in. What has ended has none, and not each that
/// runs lets itself be looked at.
record NamespaceNumbers(long pid) {
  /// A kind of namespace.
  ///
  /// @param title of its column
  /// @param key in JSON
  private record Kind(String title, String key, String file) {}

  private static final Kind[] KINDS = {
    new Kind("CGROUPNS", "Cgroup", "cgroup"),
    new Kind("IPC", "Ipc", "ipc"),
    new Kind("MNT", "Mnt", "mnt"),
    new Kind("NET", "Net", "net"),
    new Kind("PIDNS", "Pidns", "pid"),
    new Kind("USERNS", "User", "user"),
    new Kind("UTS", "Uts", "uts")
  };

  /// The titles of their columns.
  static Stream<String> titles() {
    return Arrays.stream(KINDS).map(Kind::title);
  }

  /// In the order of the titles; empty where one is not known.
  Stream<String> numbers() {
    return Arrays.stream(KINDS).map(this::number);
  }

  /// As `ps --format json` has them.
  ObjectNode json() {
    var json = Json.object();
    for (var kind : KINDS) {
      json.put(kind.key(), number(kind));
    }
    return json;
  }

  /// Adds what templates know by the titles.
  void addTo(ObjectNode fields) {
    for (var kind : KINDS) {
      fields.put(kind.title(), number(kind));
    }
  }

  private String number(Kind kind) {
    try {
      var link = Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "ns", kind.file()));
      return link.toString().replaceAll("[^0-9]", "");
    } catch (IOException _) {
      return "";
    }
  }
}
