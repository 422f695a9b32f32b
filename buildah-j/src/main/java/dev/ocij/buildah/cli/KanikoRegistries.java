package dev.ocij.buildah.cli;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import dev.ocij.term.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// How kaniko is told to reach registries: by others in their place, and how far they are trusted.
final class KanikoRegistries {
  private static final String DOCKER = "docker.io";

  private final Map<String, String> environment;
  private final Supplier<List<String>> mirrors;
  private final Supplier<List<String>> maps;
  private final BooleanSupplier withoutFallback;
  private final List<BooleanSupplier> trusted = new ArrayList<>();
  private final List<Supplier<List<String>>> trustedHosts = new ArrayList<>();
  private final Supplier<List<String>> authorities;
  private final Supplier<List<String>> clients;

  /// @param environment may name mirrors and maps, too
  KanikoRegistries(Options options, Map<String, String> environment) {
    this.environment = environment;
    mirrors = options.texts("--registry-mirror", "HOST", "ask this before docker.io");
    maps = options.texts("--registry-map", "HOST=HOST;…", "ask the second before the first");
    withoutFallback =
        options.flag("--skip-default-registry-fallback", "ask nobody else than those");
    for (var name :
        List.of("--insecure", "--insecure-pull", "--skip-tls-verify", "--skip-tls-verify-pull")) {
      trusted.add(options.flag(name, "speak to registries without good certificates"));
    }
    for (var name : List.of("--insecure-registry", "--skip-tls-verify-registry")) {
      trustedHosts.add(options.texts(name, "HOST", "speak to this one without"));
    }
    authorities = options.texts("--registry-certificate", "HOST=PATH", "trust this certificate");
    clients = options.texts("--registry-client-cert", "HOST=PATH,PATH", "show this one; its key");
  }

  /// What a build or a push is told.
  ///
  /// @param folder of [#write]
  List<String> words(Path folder) {
    var words = new ArrayList<String>();
    if (isTrusting()) {
      words.add("--tls-verify=false");
    }
    if (!authorities.get().isEmpty() || !clients.get().isEmpty()) {
      words.add("--cert-dir=" + folder);
    }
    return words;
  }

  private boolean isTrusting() {
    return trusted.stream().anyMatch(BooleanSupplier::getAsBoolean);
  }

  /// Writes `registries.conf` and the certificates.
  void write(Path folder) throws IOException {
    var conf = conf();
    if (!conf.isEmpty()) {
      Files.writeString(folder.resolve("registries.conf"), conf);
    }
    int count = 0;
    for (var pair : authorities.get()) {
      copy(value(pair, "--registry-certificate"), folder.resolve(count++ + ".crt"));
    }
    for (var pair : clients.get()) {
      var files = value(pair, "--registry-client-cert").split(",", 2);
      copy(files[0], folder.resolve(count + ".cert"));
      copy(files[files.length - 1], folder.resolve(count++ + ".key"));
    }
  }

  /// What the options say, as registries.conf(5) has it; empty where they say nothing of that.
  String conf() {
    var places = places();
    var hosts = trustedHosts();
    hosts.forEach(host -> places.putIfAbsent(host, List.of()));
    var text = new StringBuilder();
    places.forEach((host, others) -> append(text, host, others, hosts));
    return text.isEmpty() ? "" : "unqualified-search-registries = [\"docker.io\"]\n" + text;
  }

  private void append(StringBuilder text, String host, List<String> others, Set<String> hosts) {
    boolean moved = withoutFallback.getAsBoolean() && !others.isEmpty();
    var own = moved ? others.getLast() : host;
    text.append("[[registry]]\nprefix = ").append(Quoted.of(host)).append('\n');
    appendPlace(text, own, hosts);
    for (var other : moved ? others.subList(0, others.size() - 1) : others) {
      text.append("[[registry.mirror]]\n");
      appendPlace(text, other, hosts);
    }
  }

  private void appendPlace(StringBuilder text, String place, Set<String> hosts) {
    boolean insecure = isTrusting() || hosts.contains(place.split("/", 2)[0]);
    text.append("location = %s\ninsecure = %s\n".formatted(Quoted.of(place), insecure));
  }

  /// Those that are asked before a registry, by its name.
  private Map<String, List<String>> places() {
    var places = new LinkedHashMap<String, List<String>>();
    given(maps, "KANIKO_REGISTRY_MAP")
        .flatMap(text -> Stream.of(text.split(";")))
        .filter(pair -> !pair.isEmpty())
        .forEach(pair -> {
          var host = pair.split("=", 2)[0].replaceFirst("^index\\.docker\\.io$", DOCKER);
          add(places, host, value(pair, "--registry-map"));
        });
    given(mirrors, "KANIKO_REGISTRY_MIRROR").forEach(mirror -> add(places, DOCKER, mirror));
    return places;
  }

  private Stream<String> given(Supplier<List<String>> option, String variable) {
    var value = environment.get(variable);
    return value == null || !option.get().isEmpty() ? option.get().stream() : Stream.of(value);
  }

  private static void add(Map<String, List<String>> places, String host, String other) {
    places.computeIfAbsent(host, _ -> new ArrayList<>()).add(other);
  }

  private Set<String> trustedHosts() {
    var hosts = new TreeSet<String>();
    trustedHosts.forEach(option -> hosts.addAll(option.get()));
    return hosts;
  }

  private static String value(String pair, String option) {
    int equals = pair.indexOf('=');
    if (equals <= 0 || equals == pair.length() - 1) {
      throw OrderedArguments.usage(
          "invalid %s %s: expected HOST=VALUE".formatted(option, Quoted.of(pair)));
    }
    return pair.substring(equals + 1);
  }

  private static void copy(String from, Path to) {
    try {
      Files.copy(Path.of(from), to);
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO,
          "read certificate %s: %s".formatted(Quoted.of(from), Reason.of(e)),
          e);
    }
  }
}
