package dev.ocij.buildah.run;

import dev.ocij.runtime.Bundle;
import dev.ocij.runtime.LinuxConfig.Namespace;
import dev.ocij.runtime.RuntimeConfig;
import dev.ocij.runtime.rootless.NetworkNamespace;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The network of a container that has one of its own with a way out: open as long as the container
/// lives, in the process that starts it.
///
/// What is wanted stands in the annotations of the bundle, so that whoever starts it knows.
public final class ContainerNetwork implements AutoCloseable {
  /// What answers questions for names in such a network.
  public static final String NAME_SERVER = UserModeNetwork.NAME_SERVER;

  private static final String LOCAL = "127.0.0.1";
  private static final String PROGRAM = "dev.ocij.network";
  private static final String PORTS = "dev.ocij.ports";

  private final Bundle bundle;
  private final Path folder;
  private final Optional<NetworkNamespace> namespace;
  private volatile Optional<UserModeNetwork> carrier;

  private ContainerNetwork(
      Bundle bundle,
      Path folder,
      Optional<NetworkNamespace> namespace,
      Optional<UserModeNetwork> carrier) {
    this.bundle = bundle;
    this.folder = folder;
    this.namespace = namespace;
    this.carrier = carrier;
  }

  /// The annotations that ask for a network with these ports.
  ///
  /// @param program that is to carry it; any other text leaves the choice to the start
  public static Map<String, String> annotations(String program, List<PublishedPort> ports) {
    return Map.of(PROGRAM, program, PORTS, text(ports));
  }

  /// Whether they ask for such a network.
  public static boolean isWanted(Map<String, String> annotations) {
    return annotations.containsKey(PROGRAM);
  }

  /// Annotations with these ports, whatever else they ask for.
  static Map<String, String> withPorts(Map<String, String> annotations, List<PublishedPort> ports) {
    var changed = new LinkedHashMap<>(annotations);
    changed.put(PORTS, text(ports));
    return changed;
  }

  private static String text(List<PublishedPort> ports) {
    return String.join(",", ports.stream().map(PublishedPort::toString).toList());
  }

  /// Makes the network that a bundle asks for; one that asks for none stays as it is. In a user
  /// namespace of its own the container makes it, which has powers over no other, and
  /// [#serve(long)] gives it its way out.
  ///
  /// @param folder of the container
  /// @throws dev.ocij.spec.OciException where it cannot be made, naming what would help
  public static ContainerNetwork open(Bundle bundle, Path folder) {
    var annotations = bundle.config().annotations();
    if (!isWanted(annotations)) {
      return new ContainerNetwork(bundle, folder, Optional.empty(), Optional.empty());
    }
    var program = program(annotations);
    if (bundle.config().linux().mapsIds()) {
      return new ContainerNetwork(bundle, folder, Optional.empty(), Optional.empty());
    }
    var namespace = NetworkNamespace.make();
    try {
      var target = new UserModeNetwork.Target(namespace.path(), null);
      var carrier = program.start(target, folder, ports(annotations));
      var joined = bundle.withConfig(joining(bundle.config(), namespace.path()));
      return new ContainerNetwork(joined, folder, Optional.of(namespace), Optional.of(carrier));
    } catch (RuntimeException e) {
      namespace.close();
      throw e;
    }
  }

  /// Gives a network that the container has made its way out; nothing where it is not such a one.
  ///
  /// @param process the first of the container, in its namespaces
  public void serve(long process) {
    var annotations = bundle.config().annotations();
    if (namespace.isEmpty() && isWanted(annotations)) {
      var namespaces = Path.of("/proc/%d/ns".formatted(process));
      var target =
          new UserModeNetwork.Target(namespaces.resolve("net"), namespaces.resolve("user"));
      carrier = Optional.of(program(annotations).start(target, folder, ports(annotations)));
    }
  }

  private static UserModeNetwork.Installed program(Map<String, String> annotations) {
    return UserModeNetwork.Program.find(annotations.getOrDefault(PROGRAM, ""), System.getenv());
  }

  /// An address of this machine that is reached from such a network.
  public static String hostAddress() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
          .map(InetAddress::getHostAddress)
          .findFirst()
          .orElse(LOCAL);
    } catch (SocketException _) {
      return LOCAL;
    }
  }

  /// The bundle, its network being this one.
  public Bundle bundle() {
    return bundle;
  }

  @Override
  public void close() {
    carrier.ifPresent(UserModeNetwork::close);
    namespace.ifPresent(NetworkNamespace::close);
  }

  /// The ports of a container with these annotations.
  public static List<PublishedPort> ports(Map<String, String> annotations) {
    return Stream.of(annotations.getOrDefault(PORTS, "").split(","))
        .filter(text -> !text.isEmpty())
        .flatMap(text -> PublishedPort.parse(text).stream())
        .toList();
  }

  private static RuntimeConfig joining(RuntimeConfig config, Path network) {
    var namespaces = new ArrayList<>(config.linux().namespaces());
    namespaces.removeIf(each -> each.type().equals("network"));
    namespaces.add(new Namespace("network", network.toString()));
    return config.withLinux(config.linux().withNamespaces(namespaces));
  }
}
