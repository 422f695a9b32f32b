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
  public static final String NAME_SERVER = "10.0.2.3";

  private static final String LOCAL = "127.0.0.1";
  private static final String PROGRAM = "dev.ocij.network";
  private static final String PORTS = "dev.ocij.ports";

  private final Bundle bundle;
  private final Path folder;
  private final Optional<NetworkNamespace> namespace;
  private volatile Optional<Slirp> slirp;

  private ContainerNetwork(
      Bundle bundle, Path folder, Optional<NetworkNamespace> namespace, Optional<Slirp> slirp) {
    this.bundle = bundle;
    this.folder = folder;
    this.namespace = namespace;
    this.slirp = slirp;
  }

  /// The annotations that ask for a network with these ports.
  public static Map<String, String> annotations(List<PublishedPort> ports) {
    var text = String.join(",", ports.stream().map(PublishedPort::toString).toList());
    return Map.of(PROGRAM, Slirp.PROGRAM, PORTS, text);
  }

  /// Makes the network that a bundle asks for; one that asks for none stays as it is. In a user
  /// namespace of its own the container makes it, which has powers over no other, and
  /// [#serve(long)] gives it its way out.
  ///
  /// @param folder of the container
  /// @throws dev.ocij.spec.OciException where it cannot be made, naming what would help
  public static ContainerNetwork open(Bundle bundle, Path folder) {
    var annotations = bundle.config().annotations();
    if (!annotations.containsKey(PROGRAM)) {
      return new ContainerNetwork(bundle, folder, Optional.empty(), Optional.empty());
    }
    var program = Slirp.find(System.getenv());
    if (bundle.config().linux().mapsIds()) {
      return new ContainerNetwork(bundle, folder, Optional.empty(), Optional.empty());
    }
    var namespace = NetworkNamespace.make();
    try {
      var path = namespace.path().toString();
      var slirp = Slirp.start(program, List.of(path), folder, ports(annotations));
      var joined = bundle.withConfig(joining(bundle.config(), namespace.path()));
      return new ContainerNetwork(joined, folder, Optional.of(namespace), Optional.of(slirp));
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
    if (namespace.isEmpty() && annotations.containsKey(PROGRAM)) {
      var namespaces = "/proc/%d/ns/".formatted(process);
      var network = List.of("--userns-path=" + namespaces + "user", namespaces + "net");
      slirp =
          Optional.of(
              Slirp.start(Slirp.find(System.getenv()), network, folder, ports(annotations)));
    }
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
    slirp.ifPresent(Slirp::close);
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
