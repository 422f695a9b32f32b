package dev.ocij.buildah.podman;

import dev.ocij.spec.Quoted;
import dev.ocij.term.Options;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// The options of podman's `run` that are not followed here: those that change nothing are
/// accepted, all others end the command with a sentence.
final class OtherFlags {
  private static final List<String> ACCEPTED =
      List.of(
          "--sdnotify",
          "--systemd",
          "--cgroups",
          "--cgroupns",
          "--retry",
          "--retry-delay",
          "--seccomp-policy",
          "--shm-size-systemd");
  private static final List<String> ACCEPTED_FLAGS = List.of("--disable-content-trust");
  private static final List<String> FLAGS = List.of("--oom-kill-disable");
  private static final List<String> REFUSED =
      List.of(
          "--requires",
          "--device-cgroup-rule",
          "--gpus",
          "--cgroup-parent",
          "--cgroup-conf",
          "--health-startup-cmd",
          "--preserve-fds",
          "--preserve-fd",
          "--subuidname",
          "--subgidname",
          "--hostuser",
          "--network-alias",
          "--ip",
          "--ip6",
          "--mac-address",
          "--blkio-weight",
          "--blkio-weight-device",
          "--device-read-bps",
          "--device-read-iops",
          "--device-write-bps",
          "--device-write-iops",
          "--cpu-rt-period",
          "--cpu-rt-runtime",
          "--rdt-class",
          "--chrootdirs",
          "--personality",
          "--decryption-key");

  private final Map<String, Supplier<List<String>>> refused = new LinkedHashMap<>();

  OtherFlags(Options options) {
    ACCEPTED.forEach(name -> options.texts(name, "VALUE", "accepted; it changes nothing here"));
    ACCEPTED_FLAGS.forEach(name -> options.flag(name, "accepted; it changes nothing here"));
    REFUSED.forEach(
        names -> refused.put(last(names), options.texts(names, "VALUE", "not implemented yet")));
    for (var names : FLAGS) {
      var given = options.flag(names, "not implemented yet");
      refused.put(last(names), () -> given.getAsBoolean() ? List.of("true") : List.of());
    }
  }

  /// @throws dev.ocij.spec.OciException where one was given
  void refuse() {
    refused.forEach((name, values) -> {
      for (var value : values.get()) {
        throw Values.notYet(sentence(name, value));
      }
    });
  }

  private static String sentence(String name, String value) {
    return switch (name) {
      case "--oom-kill-disable" -> "run with " + name;
      default -> "run with %s %s: the option".formatted(name, Quoted.of(value));
    };
  }

  private static String last(String names) {
    return names.substring(names.lastIndexOf(' ') + 1);
  }
}
