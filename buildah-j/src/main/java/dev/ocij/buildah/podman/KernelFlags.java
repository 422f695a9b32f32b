package dev.ocij.buildah.podman;

import dev.ocij.runtime.ContainerRequest;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Options;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// What `run` may ask of the kernel for the container alone.
final class KernelFlags {
  private static final String OF_IPC = "kernel[.](msg.*|sem|shm.*)|fs[.]mqueue[.].*";
  private static final int LEAST = -1000;
  private static final int MOST = 1000;

  private final Supplier<List<String>> parameters;
  private final Supplier<Optional<String>> score;

  KernelFlags(Options options) {
    parameters = options.texts("--sysctl", "NAME=VALUE", "a parameter of its namespaces");
    score =
        options.text(
            "--oom-score-adj",
            "NUMBER",
            "from -1000 to 1000: the sooner it ends if memory is short");
  }

  void apply(ContainerRequest.Draft draft) {
    score.get().ifPresent(text -> draft.oomScoreAdj = score(text));
    var all = new LinkedHashMap<String, String>();
    parameters.get().forEach(text -> add(all, text));
    draft.sysctl = all;
  }

  /// A parameter that no namespace of the container has would be the machine's.
  ///
  /// @throws dev.ocij.spec.OciException where there is such a one
  static ContainerRequest checked(ContainerRequest request) {
    for (var name : request.sysctl().keySet()) {
      if (name.startsWith("net.") && request.network().equals("host")) {
        throw Values.usage(
            "sysctl %s can't be set since the network is the host's; --network private is its own"
                .formatted(Quoted.of(name)));
      }
      if (name.matches(OF_IPC) && request.shared().contains("ipc")) {
        throw Values.usage(
            "sysctl %s can't be set since the ipc namespace is the host's"
                .formatted(Quoted.of(name)));
      }
    }
    return request;
  }

  private static void add(Map<String, String> all, String text) {
    var parts = text.split("=", 2);
    if (parts.length < 2) {
      throw Values.usage("--sysctl %s: expected NAME=VALUE".formatted(Quoted.of(text)));
    }
    if (!parts[0].matches("net[.][a-z0-9_.-]+|" + OF_IPC)) {
      throw Values.usage(
          "sysctl %s is not of a namespace: net.*, kernel.msg*, kernel.sem, kernel.shm* and fs.mqueue.* are"
              .formatted(Quoted.of(parts[0])));
    }
    all.put(parts[0], parts[1]);
  }

  private static int score(String text) {
    int number = Values.number(text, "--oom-score-adj");
    if (number < LEAST || number > MOST) {
      throw Values.usage("--oom-score-adj %s: expected -1000 to 1000".formatted(text));
    }
    return number;
  }
}
