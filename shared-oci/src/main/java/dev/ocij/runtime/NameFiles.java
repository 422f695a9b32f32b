package dev.ocij.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a container is told about names: `/etc/hosts`, `/etc/resolv.conf` and `/etc/hostname`, made
/// from the host's.
///
/// @param addHosts lines of the hosts file: an address and a name each
/// @param baseHosts what the hosts file begins with; absent: the host's
/// @param servers name servers in place of the host's
/// @param search domains in place of the host's; a single `.` for none
/// @param options of the resolver in place of the host's
public record NameFiles(
    @Nullable String hostname,
    List<String> aliases,
    List<String> addHosts,
    @Nullable String baseHosts,
    List<String> servers,
    List<String> search,
    List<String> options) {
  public static final String HOSTS = "/etc/hosts";
  public static final String RESOLVER = "/etc/resolv.conf";
  public static final String HOSTNAME = "/etc/hostname";

  private static final String LOCALHOST = "127.0.0.1\tlocalhost\n::1\tlocalhost\n";

  /// What looks like an address; of version 6 it has two colons at least.
  private static final Pattern ADDRESS =
      Pattern.compile("[0-9.]+|\\[?(?=[^:]*:[^:]*:)[0-9a-fA-F:.%]+]?");

  public NameFiles {
    aliases = List.copyOf(aliases);
    addHosts = List.copyOf(addHosts);
    servers = List.copyOf(servers);
    search = List.copyOf(search);
    options = List.copyOf(options);
  }

  /// The lines of a hosts file for `HOST[;HOST…]:IP`, or with `=` as docker prefers it;
  /// `host-gateway` is this machine.
  ///
  /// @param gateway the address of this machine as the container sees it
  public static List<String> hosts(String text, String gateway) {
    int end = nameEnd(text);
    if (end <= 0 || end == text.length() - 1) {
      throw new OciException(
          OciException.Category.USAGE,
          "invalid host %s: expected HOST:IP".formatted(Quoted.of(text)));
    }
    var given = text.substring(end + 1);
    var address = given.equals("host-gateway") ? gateway : given;
    if (!ADDRESS.matcher(address).matches()) {
      throw new OciException(
          OciException.Category.USAGE,
          "invalid IP address %s in add-host %s".formatted(Quoted.escape(given), Quoted.of(text)));
    }
    return Stream.of(text.substring(0, end).split(";")).map(name -> address + "\t" + name).toList();
  }

  private static int nameEnd(String text) {
    int equals = text.indexOf('=');
    return equals >= 0 ? equals : text.indexOf(':');
  }

  /// The content of each file by its path in the container.
  public Map<String, byte[]> contents() {
    var contents = new LinkedHashMap<String, byte[]>();
    contents.put(HOSTS, hosts().getBytes(UTF_8));
    contents.put(RESOLVER, resolver(read(RESOLVER).orElse("")).getBytes(UTF_8));
    if (hostname != null) {
      contents.put(HOSTNAME, (hostname + "\n").getBytes(UTF_8));
    }
    return contents;
  }

  private String hosts() {
    var text = new StringBuilder();
    addHosts.forEach(line -> text.append(line).append('\n'));
    text.append(baseHosts != null ? baseHosts : read(HOSTS).orElse(LOCALHOST));
    if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
      text.append('\n');
    }
    if (hostname != null) {
      text.append("127.0.0.1\t").append(hostname);
      aliases.forEach(alias -> text.append(' ').append(alias));
      text.append('\n');
    }
    return text.toString();
  }

  private String resolver(String host) {
    var kept =
        host.lines()
            .filter(line -> servers.isEmpty() || !line.startsWith("nameserver"))
            .filter(line ->
                search.isEmpty() || !(line.startsWith("search") || line.startsWith("domain")))
            .filter(line -> options.isEmpty() || !line.startsWith("options"))
            .map(line -> line + "\n")
            .collect(Collectors.joining());
    var text = new StringBuilder();
    if (!search.isEmpty() && !search.equals(List.of("."))) {
      text.append("search ").append(String.join(" ", search)).append('\n');
    }
    servers.forEach(server -> text.append("nameserver ").append(server).append('\n'));
    if (!options.isEmpty()) {
      text.append("options ").append(String.join(" ", options)).append('\n');
    }
    return text + kept;
  }

  private static Optional<String> read(String file) {
    try {
      return Optional.of(Files.readString(Path.of(file)));
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
