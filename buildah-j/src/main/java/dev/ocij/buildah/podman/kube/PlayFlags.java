package dev.ocij.buildah.podman.kube;

import dev.ocij.buildah.run.PublishedPort;
import dev.ocij.term.LaterFlags;
import dev.ocij.term.Options;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a line says of all pods and containers that are played.
final class PlayFlags {
  private final Supplier<Optional<String>> network;
  private final Supplier<List<String>> ports;
  private final Supplier<Optional<String>> users;
  private final BooleanSupplier noHosts;
  private final BooleanSupplier quiet;
  private final Supplier<Optional<Boolean>> verify;
  private final Supplier<List<String>> annotations;
  private final Supplier<List<String>> logOptions;
  private final Map<String, Supplier<Optional<String>>> values = new LinkedHashMap<>();
  private final LaterFlags later;

  PlayFlags(Options options) {
    network = options.text("--network, --net", "private|none|host", "the network of the pods");
    ports =
        options.texts(
            "--publish",
            "[[IP:]HOSTPORT:]PORT[/PROTOCOL]",
            "a port, in place of what a pod says of it");
    users = options.text("--userns", "MODE", "the user namespace of the pods");
    noHosts = options.flag("--no-hosts", "leave /etc/hosts as the image has it");
    quiet = options.flag("-q, --quiet", "do not tell about fetching");
    annotations = options.texts("--annotation", "KEY=VALUE", "of all containers");
    logOptions = options.texts("--log-opt", "path=FILE", "of the logs");
    verify = options.choice("--tls-verify", "demand a good certificate, and never plain HTTP");
    value(options, "--log-driver", "k8s-file|none", "where the output is kept");
    value(options, "--authfile", "PATH", "where credentials are, and only there");
    value(options, "--cert-dir", "DIR", "authorities and client certificates");
    value(options, "--creds", "USER[:PASSWORD]", "log in as this user");
    value(options, "--signature-policy", "PATH", "the trust policy, in place of the system's");
    options.text("--seccomp-profile-root", "DIR", "accepted; files of profiles are not followed");
    later =
        new LaterFlags(options)
            .values("--configmap", "--context-dir", "--ip", "--mac-address")
            .switches("--build");
  }

  private void value(Options options, String name, String label, String description) {
    values.put(name, options.text(name, label, description));
  }

  /// @throws dev.ocij.spec.OciException where something was asked for that is not there
  void refuse() {
    later.refuse();
  }

  /// What they add to `pod create`.
  List<String> ofPod(PlayedPod pod) {
    var words = new ArrayList<String>();
    var asked = network.get().orElse(pod.onHost() ? "host" : null);
    Words.add(words, "--network", asked);
    Words.add(words, "--userns", users.get().orElse(null));
    Words.addFlag(words, "--no-hosts", noHosts.getAsBoolean());
    if (!"host".equals(asked)) {
      published(pod).forEach(port -> words.add("--publish=" + port));
    }
    return words;
  }

  /// A port that is named here is published as it says, whatever the pod says of it.
  private Stream<String> published(PlayedPod pod) {
    Set<String> named = ports.get().stream().flatMap(PlayFlags::inside).collect(Collectors.toSet());
    var others = pod.ports().stream().filter(port -> inside(port).noneMatch(named::contains));
    return Stream.concat(others, ports.get().stream());
  }

  private static Stream<String> inside(String port) {
    return PublishedPort.parse(port).stream().map(PublishedPort::inside);
  }

  /// What they add to `create`.
  List<String> ofContainers() {
    var words = new ArrayList<String>();
    annotations.get().forEach(each -> words.add("--annotation=" + each));
    logOptions.get().forEach(each -> words.add("--log-opt=" + each));
    values.forEach((name, value) -> Words.add(words, name, value.get().orElse(null)));
    Words.add(words, "--tls-verify", verify.get().orElse(null));
    Words.addFlag(words, "--quiet", quiet.getAsBoolean());
    return words;
  }
}
