package dev.ocij.buildah.cli;

import dev.ocij.runtime.NameFiles;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Options;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// What containers are told about hosts and name servers.
public final class HostsFlags {
  private final Supplier<List<String>> addHosts;
  private final Supplier<List<String>> dns;
  private final Supplier<List<String>> dnsSearch;
  private final Supplier<List<String>> dnsOptions;
  private final BooleanSupplier noHosts;
  private final BooleanSupplier noHostname;

  public HostsFlags(Options options) {
    addHosts = options.texts("--add-host", "HOST:IP", "one more line of /etc/hosts");
    dns = options.texts("--dns", "IP", "a name server in place of the host's, or none");
    dnsSearch = options.texts("--dns-search", "DOMAIN", "a domain in place of the host's");
    dnsOptions = options.texts("--dns-option, --dns-opt", "OPTION", "of the resolver");
    noHosts = options.flag("--no-hosts", "leave /etc/hosts as the image has it");
    noHostname = options.flag("--no-hostname", "leave /etc/hostname as the image has it");
  }

  /// Lines of a hosts file.
  public List<String> lines() {
    return lines("127.0.0.1");
  }

  /// As [#lines()].
  ///
  /// @param gateway the address of this machine as the container sees it
  public List<String> lines(String gateway) {
    if (noHosts.getAsBoolean() && !addHosts.get().isEmpty()) {
      throw new OciException(
          OciException.Category.USAGE, "--no-hosts and --add-host exclude one another: keep one");
    }
    return addHosts.get().stream()
        .flatMap(text -> NameFiles.hosts(text, gateway).stream())
        .toList();
  }

  public List<String> servers() {
    dns.get().stream().filter(text -> !text.equals("none")).forEach(HostsFlags::requireAddress);
    return dns.get();
  }

  private static void requireAddress(String text) {
    try {
      InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      throw new OciException(
          OciException.Category.USAGE, "%s is not an ip address".formatted(Quoted.of(text)), e);
    }
  }

  public List<String> search() {
    return dnsSearch.get();
  }

  public List<String> resolverOptions() {
    return dnsOptions.get();
  }

  public boolean wantsHosts() {
    return !noHosts.getAsBoolean();
  }

  public boolean wantsHostname() {
    return !noHostname.getAsBoolean();
  }

  public boolean wantsResolver() {
    return !dns.get().contains("none");
  }

  /// The files as far as they are wanted, by path. There is none for the hostname, which is the
  /// host's.
  Map<String, byte[]> files() {
    var servers = wantsResolver() ? servers() : List.<String>of();
    var names = new NameFiles(null, List.of(), lines(), null, servers, search(), resolverOptions());
    var files = new LinkedHashMap<>(names.contents());
    if (!wantsHosts()) {
      files.remove(NameFiles.HOSTS);
    }
    if (!wantsResolver()) {
      files.remove(NameFiles.RESOLVER);
    }
    return files;
  }
}
