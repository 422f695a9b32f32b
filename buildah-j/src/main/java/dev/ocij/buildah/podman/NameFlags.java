package dev.ocij.buildah.podman;

import dev.ocij.buildah.run.RunRequest;
import dev.ocij.runtime.NameFiles;
import dev.ocij.term.Options;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// What `run` may be told about names of hosts.
final class NameFlags {
  private final Supplier<Optional<String>> hostname;
  private final Supplier<List<String>> addHosts;
  private final Supplier<List<String>> dns;
  private final Supplier<List<String>> dnsSearch;
  private final Supplier<List<String>> dnsOptions;
  private final BooleanSupplier noHosts;
  private final BooleanSupplier noHostname;
  private final Supplier<Optional<String>> hostsFile;

  NameFlags(Options options) {
    hostname = options.text("-h, --hostname", "NAME", "the container's; default: its short id");
    addHosts = options.texts("--add-host", "HOST:IP", "one more line of /etc/hosts");
    dns = options.texts("--dns", "IP", "a name server in place of the host's, or none");
    dnsSearch = options.texts("--dns-search", "DOMAIN", "a domain in place of the host's");
    dnsOptions = options.texts("--dns-option, --dns-opt", "OPTION", "of the resolver");
    noHosts = options.flag("--no-hosts", "leave /etc/hosts as the image has it");
    noHostname = options.flag("--no-hostname", "leave /etc/hostname as the image has it");
    hostsFile = options.text("--hosts-file", "PATH|none|image", "what /etc/hosts begins with");
  }

  RunRequest.Names names(boolean sharesHostname) {
    if (noHosts.getAsBoolean() && !addHosts.get().isEmpty()) {
      throw Values.usage("--no-hosts and --add-host cannot be set together");
    }
    var servers = dns.get();
    return new RunRequest.Names(
        hostname.get().orElse(null),
        sharesHostname,
        !noHosts.getAsBoolean(),
        !noHostname.getAsBoolean(),
        hostsFile.get().orElse(null),
        addHosts.get().stream().flatMap(text -> NameFiles.hosts(text).stream()).toList(),
        !servers.contains("none"),
        servers,
        dnsSearch.get(),
        dnsOptions.get());
  }
}
