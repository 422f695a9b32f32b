package dev.ocij.buildah.podman;

import dev.ocij.buildah.run.Containers;
import dev.ocij.buildah.run.NamespaceModes;
import dev.ocij.buildah.run.NamespaceOwner;
import dev.ocij.runtime.ContainerRequest;
import dev.ocij.store.Store;
import dev.ocij.term.Options;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Whose processes, means of communication and hostname `run` may be told that a container has.
final class NamespaceFlags {
  private static final String FILE = "ns:";
  private static final String OTHERS = "private|host|container:NAME|ns:PATH";

  private final Supplier<Optional<String>> pid;
  private final Supplier<Optional<String>> ipc;
  private final Supplier<Optional<String>> uts;

  NamespaceFlags(Options options) {
    pid = options.text("--pid", OTHERS, "whose processes are seen");
    ipc = options.text("--ipc", "shareable|none|" + OTHERS, "whose shared memory is seen");
    uts = options.text("--uts", OTHERS, "whose hostname is seen");
  }

  /// What the options say, by types; those that were not given are missing.
  private Map<String, String> asked() {
    var asked = new LinkedHashMap<String, String>();
    pid.get().ifPresent(mode -> asked.put("pid", checked(mode, List.of())));
    ipc.get().ifPresent(mode -> asked.put("ipc", checked(mode, List.of("shareable", "none"))));
    uts.get().ifPresent(mode -> asked.put("uts", checked(mode, List.of())));
    asked.values().removeIf(String::isEmpty);
    return asked;
  }

  private static String checked(String mode, List<String> further) {
    boolean known =
        List.of("", "private", "host").contains(mode)
            || further.contains(mode)
            || mode.startsWith(NamespaceModes.CONTAINER)
            || mode.startsWith(FILE);
    if (!known) {
      throw Values.usage("unrecognized namespace mode %s passed".formatted(mode));
    }
    return mode;
  }

  /// The containers that have namespaces of the new one, by types.
  ///
  /// @param network the container whose network it shares
  Map<String, NamespaceOwner> owners(Optional<String> network, Store store) throws IOException {
    var names = new LinkedHashMap<String, String>();
    asked()
        .forEach((type, mode) -> {
          if (mode.startsWith(NamespaceModes.CONTAINER)) {
            names.put(type, mode.substring(NamespaceModes.CONTAINER.length()));
          }
        });
    network.ifPresent(name -> names.put("network", name));
    var owners = new LinkedHashMap<String, NamespaceOwner>();
    for (var each : names.entrySet()) {
      owners.put(
          each.getKey(),
          NamespaceOwner.find(each.getValue(), each.getKey(), new Containers(store)));
    }
    return owners;
  }

  /// As the container remembers it.
  NamespaceModes modes(Map<String, NamespaceOwner> owners) {
    var modes = asked();
    owners.forEach((type, owner) -> modes.put(type, owner.mode()));
    return new NamespaceModes(modes);
  }

  void apply(ContainerRequest.Draft draft, Map<String, NamespaceOwner> owners) {
    var shared = new ArrayList<String>();
    var joined = new LinkedHashMap<String, String>();
    asked()
        .forEach((type, mode) -> {
          var owner = owners.get(type);
          if (mode.equals("host") || (owner != null && !owner.has(type))) {
            shared.add(type);
          } else if (mode.startsWith(FILE)) {
            joined.put(type, mode.substring(FILE.length()));
          } else if (mode.equals("none")) {
            draft.shmSize = null;
          }
        });
    draft.shared = shared;
    draft.joined = joined;
  }

  /// Whether the container's hostname is given by who has its uts namespace, and not by a
  /// container.
  boolean sharesHostname(Map<String, NamespaceOwner> owners) {
    var mode = asked().getOrDefault("uts", "private");
    var owner = owners.get("uts");
    return mode.equals("host")
        || mode.startsWith(FILE)
        || (owner != null && owner.config().hostname() == null);
  }
}
