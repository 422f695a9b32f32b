package dev.ocij.buildah.cli;

import dev.ocij.buildah.container.CommandSettings;
import dev.ocij.buildah.run.RunRequest;
import dev.ocij.runtime.ContainerProcess;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Options;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What `from` may be told about the commands that are later run in the container.
final class CommandSettingsFlags {
  private static final List<String> WITHOUT_EFFECT = List.of("label", "apparmor", "mask", "unmask");

  private final Supplier<List<String>> addCapabilities;
  private final Supplier<List<String>> dropCapabilities;
  private final Supplier<List<String>> groups;
  private final Supplier<List<String>> limits;
  private final Supplier<List<String>> volumes;
  private final Supplier<List<String>> devices;
  private final Supplier<Optional<String>> shmSize;
  private final Supplier<List<String>> security;
  private final Supplier<Optional<Boolean>> proxies;
  private final Supplier<List<String>> addHosts;
  private final Supplier<List<String>> dns;
  private final Supplier<List<String>> dnsSearch;
  private final Supplier<List<String>> dnsOptions;
  private final NamespaceFlags namespaces;
  private final Supplier<List<String>> hooks;
  private final LimitFlags resources;

  CommandSettingsFlags(Options options) {
    addCapabilities = options.texts("--cap-add", "NAME", "one more capability for commands");
    dropCapabilities = options.texts("--cap-drop", "NAME", "one capability less");
    groups = options.texts("--group-add", "GROUP", "one more group for commands");
    limits = options.texts("--ulimit", "NAME=SOFT[:HARD]", "a limit of resources");
    volumes = options.texts("-v, --volume", "DIR:DIR[:OPTIONS]", "a part of the host");
    devices = options.texts("--device", "PATH[:PATH[:rwm]]|NAME", "a device of the host");
    shmSize = options.text("--shm-size", "SIZE", "of /dev/shm; default: 65536k");
    security = options.texts("--security-opt", "OPTION", "seccomp=PATH, no-new-privileges");
    proxies = options.choice("--http-proxy", "pass the caller's proxies to commands");
    addHosts = options.texts("--add-host", "HOST:IP", "one more line of /etc/hosts");
    dns = options.texts("--dns", "IP", "a name server, or none to keep the image's file");
    dnsSearch = options.texts("--dns-search", "DOMAIN", "a domain in place of the host's");
    dnsOptions = options.texts("--dns-option", "OPTION", "of the resolver");
    namespaces = new NamespaceFlags(options);
    resources = new LimitFlags(options);
    hooks = options.texts("--hooks-dir", "DIR", "accepted where it has no hooks");
  }

  CommandSettings settings() {
    HookFolders.check(hooks.get());
    namespaces.check();
    return new CommandSettings(
        addCapabilities.get(),
        dropCapabilities.get(),
        groups.get(),
        limits.get().stream().filter(text -> !text.equals("host")).map(this::limit).toList(),
        volumes.get(),
        checked(devices.get()),
        namespaces.network("host"),
        namespaces.shared(),
        shmSize.get().orElse("65536k"),
        security.get().stream().anyMatch(text -> text.startsWith("no-new-privileges")),
        seccomp(),
        proxies.get().orElse(true),
        names(),
        resources.limits().orElse(null),
        resources.parent().orElse(null));
  }

  /// Why a limit that was asked for is not kept on this machine, where that is so.
  Optional<String> obstacle() {
    return resources.obstacle();
  }

  private static List<String> checked(List<String> devices) {
    VolumeFlags.devices(devices);
    return devices;
  }

  private RunRequest.Names names() {
    return new RunRequest.Names(
        null,
        namespaces.sharesHostname(),
        true,
        true,
        null,
        addHosts.get().stream().flatMap(CommandSettingsFlags::hosts).toList(),
        !dns.get().contains("none"),
        dns.get(),
        dnsSearch.get(),
        dnsOptions.get());
  }

  /// `HOST[;HOST…]:IP`; `host-gateway` is this machine, whose network is shared.
  private static Stream<String> hosts(String text) {
    int colon = text.indexOf(':');
    if (colon <= 0 || colon == text.length() - 1) {
      throw OrderedArguments.usage("invalid host %s: expected HOST:IP".formatted(Quoted.of(text)));
    }
    var given = text.substring(colon + 1);
    var address = given.equals("host-gateway") ? "127.0.0.1" : given;
    return Stream.of(text.substring(0, colon).split(";")).map(name -> address + "\t" + name);
  }

  private ContainerProcess.Rlimit limit(String text) {
    if (!text.matches("[a-z]+=-?[0-9]{1,18}(:-?[0-9]{1,18})?")) {
      throw OrderedArguments.usage(
          "invalid ulimit %s: expected NAME=SOFT[:HARD]".formatted(Quoted.of(text)));
    }
    var name = text.substring(0, text.indexOf('='));
    var values = text.substring(name.length() + 1).split(":");
    long soft = Long.parseLong(values[0]);
    long hard = values.length == 2 ? Long.parseLong(values[1]) : soft;
    return new ContainerProcess.Rlimit("RLIMIT_" + name.toUpperCase(Locale.ROOT), soft, hard);
  }

  /// The file is found again whatever the directory of later commands is.
  private @Nullable String seccomp() {
    String found = null;
    for (var option : security.get()) {
      var parts = new ArrayList<>(List.of(option.split("[=:]", 2)));
      parts.add("");
      switch (parts.getFirst()) {
        case "no-new-privileges" -> {}
        case "seccomp" ->
            found =
                parts.get(1).equals("unconfined")
                    ? "unconfined"
                    : Path.of(parts.get(1)).toAbsolutePath().toString();
        case String name when WITHOUT_EFFECT.contains(name) -> {}
        default -> throw OrderedArguments.usage("invalid --security-opt " + Quoted.of(option));
      }
    }
    return found;
  }
}
