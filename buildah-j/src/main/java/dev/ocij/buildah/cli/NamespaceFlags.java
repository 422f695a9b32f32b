package dev.ocij.buildah.cli;

import dev.ocij.term.LaterFlags;
import dev.ocij.term.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What commands in a container share with the host.
final class NamespaceFlags {
  private final IsolationFlag isolation;
  private final Supplier<Optional<String>> network;
  private final Supplier<Optional<String>> pid;
  private final Supplier<Optional<String>> ipc;
  private final Supplier<Optional<String>> uts;
  private final UserMappingFlags mappings;
  private final Supplier<Optional<String>> cgroupns;

  NamespaceFlags(Options options) {
    isolation = new IsolationFlag(options);
    network = options.text("--network, --net", "host|none", "the network; default: host");
    pid = options.text("--pid", "private|host", "whose processes are seen");
    ipc = options.text("--ipc", "private|host", "whose shared memory is seen");
    uts = options.text("--uts", "private|host", "whose hostname is seen");
    mappings = new UserMappingFlags(options);
    cgroupns = options.text("--cgroupns", "host", "the cgroup namespace");
  }

  /// @throws dev.ocij.spec.OciException where one is asked for that there is not yet
  void check() {
    isolation.check();
    mappings.check();
    isHost("--cgroupns", cgroupns, "host");
  }

  /// Whether the isolation without a runtime was asked for.
  boolean isChroot() {
    return isolation.isChroot();
  }

  /// Private is the host's too: there is no other yet.
  String network(String otherwise) {
    var asked = network.get().orElse(otherwise);
    return switch (asked) {
      case "host", "none" -> asked;
      default -> throw LaterFlags.notYet("--network " + asked);
    };
  }

  List<String> shared() {
    var shared = new ArrayList<String>();
    if (isHost("--pid", pid, "private")) {
      shared.add("pid");
    }
    if (isHost("--ipc", ipc, "private")) {
      shared.add("ipc");
    }
    return shared;
  }

  boolean sharesHostname() {
    return isHost("--uts", uts, "private");
  }

  private static boolean isHost(String option, Supplier<Optional<String>> value, String otherwise) {
    var asked = value.get().orElse(otherwise);
    return switch (asked) {
      case "host" -> true;
      case "", "private", "container" -> {
        if (otherwise.equals("host")) {
          throw LaterFlags.notYet(option + " " + asked);
        }
        yield false;
      }
      default -> throw LaterFlags.notYet(option + " " + asked);
    };
  }
}
