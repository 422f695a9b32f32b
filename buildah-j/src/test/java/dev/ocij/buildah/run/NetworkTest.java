package dev.ocij.buildah.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.OrdinaryUser;
import dev.ocij.testing.Require;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Networks of containers: ports from outside, ways out, and what is shared, by root and by an
/// ordinary user.
@Tag("distribution")
@Tag("namespace")
@Tag("tool")
class NetworkTest {
  private static final String SERVER = "echo up; nc -l -p 80 -e /bin/cat";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"slirp4netns", "pasta"})
  @Tag("root")
  void root_publishes_ports(String program) throws Exception {
    Require.root();
    var store = BusyboxStore.in(folder);
    publishes(program, store, List::of);
    assertThat(store.containers().toFile().list()).containsExactly(".lock");
  }

  @ParameterizedTest
  @ValueSource(strings = {"slirp4netns", "pasta"})
  void a_user_with_subordinate_ids_publishes_ports(String program) throws Exception {
    try (var user = OrdinaryUser.withSubordinateIds()) {
      var store = BusyboxStore.of(user);
      publishes(program, store, line -> user.with(line).command());
      assertThat(store.containers().toFile().list()).containsExactly(".lock");
    }
  }

  private static void publishes(
      String program, BusyboxStore store, Function<String[], List<String>> by) throws Exception {
    Tool.required(program);
    int port = free();
    var published = "127.0.0.1:%d:80".formatted(port);
    var options = List.of("--rm", "--network", program, "-p", published);
    var run =
        new ProcessBuilder(by.apply(store.runLine(options, "sh", "-c", SERVER)))
            .directory(store.folder().toFile())
            .start();
    try (var out = run.inputReader()) {
      assertThat(out.readLine()).as(() -> errors(run)).isEqualTo("up");
      assertThat(echoed(port)).isEqualTo("hello");
      assertThat(run.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(run.exitValue()).isZero();
    } finally {
      run.destroyForcibly();
    }
  }

  private static String errors(Process run) {
    try {
      return new String(run.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /// The program may listen a moment after it has spoken.
  private static String echoed(int port) throws Exception {
    for (int i = 0; ; i++) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
        socket.shutdownOutput();
        var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        if (!answer.isEmpty() || i > 50) {
          return answer;
        }
      }
      Thread.sleep(100);
    }
  }

  @Test
  @Tag("root")
  void published_ports_are_told() throws Exception {
    Require.root();
    Tool.required("slirp4netns");
    var store = BusyboxStore.in(folder);
    int port = free();
    var published = "127.0.0.1:%d:80".formatted(port);
    store
        .podman("run", "-d", "--name", "web", "-p", published, store.image(), "sleep", "100")
        .succeeded();
    var outside = "127.0.0.1:" + port;
    assertThat(store.podman("port", "web").stdout()).isEqualTo("80/tcp -> %s\n".formatted(outside));
    assertThat(store.podman("port", "web", "80").stdout()).isEqualTo(outside + "\n");
    assertThat(store.podman("port", "web", "81").status()).isEqualTo(125);
    assertThat(store.podman("ps", "--format", "{{.Ports}}").stdout())
        .isEqualTo(outside + "->80/tcp\n");
    for (var field :
        List.of("{{json .NetworkSettings.Ports}}", "{{json .HostConfig.PortBindings}}")) {
      assertThat(store.podman("inspect", "-f", field, "web").stdout())
          .isEqualTo(
              "{\"80/tcp\":[{\"HostIp\":\"127.0.0.1\",\"HostPort\":\"%d\"}]}\n".formatted(port));
    }
    store.podman("rm", "-f", "-t", "0", "web").succeeded();
  }

  @Test
  void all_exposed_ports_are_published_on_free_ones() {
    Tool.required("slirp4netns");
    try (var user = OrdinaryUser.withSubordinateIds()) {
      var store = BusyboxStore.of(user);
      var line = List.of("-d", "--name", "web", "-P", "--expose", "80", "--expose", "53/udp");
      user.run(store.runLine(line, "sleep", "100")).succeeded();
      var told = user.run(store.line("port", "web")).succeeded().stdout();
      assertThat(told).matches("80/tcp -> 0.0.0.0:[1-9]\\d+\n53/udp -> 0.0.0.0:[1-9]\\d+\n");
      user.run(store.line("rm", "-f", "web")).succeeded();
      var chosen =
          user.run(store.runLine(List.of("-d", "--name", "one", "-p", "80"), "sleep", "100"));
      chosen.succeeded();
      assertThat(user.run(store.line("port", "one", "80")).stdout()).matches("0.0.0.0:[1-9]\\d+\n");
      user.run(store.line("rm", "-f", "one")).succeeded();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"slirp4netns", "pasta"})
  @Tag("root")
  void a_private_network_has_a_way_out_and_name_servers(String program) throws Exception {
    Require.root();
    Tool.required(program);
    var store = BusyboxStore.in(folder);
    var script =
        """
        ls /sys/class/net
        grep nameserver /etc/resolv.conf
        ip route | head -1
        grep -c gate /etc/hosts
        grep -o host.docker.internal /etc/hosts
        """;
    var options = List.of("--rm", "--network", program, "--add-host", "gate:host-gateway");
    var outcome = store.run(options, "sh", "-c", script).succeeded();
    assertThat(outcome.stdout())
        .isEqualTo(
            """
            lo
            tap0
            nameserver 10.0.2.3
            default via 10.0.2.2 dev tap0\s
            1
            host.docker.internal
            """);
  }

  @Test
  @Tag("root")
  void a_container_shares_the_network_of_another() throws Exception {
    Require.root();
    var store = BusyboxStore.in(folder);
    var first =
        new ProcessBuilder(
                store.runLine(
                    List.of("--rm", "--name", "first", "--network", "none"),
                    "sh",
                    "-c",
                    "readlink /proc/self/ns/net; exec sleep 60"))
            .start();
    try {
      var network = first.inputReader().readLine();
      var second = List.of("--rm", "--network", "container:first");
      assertThat(store.run(second, "readlink", "/proc/self/ns/net").succeeded().stdout())
          .isEqualTo(network + "\n");
    } finally {
      first.destroyForcibly().waitFor();
    }
    var gone = store.run(List.of("--rm", "--network", "container:first"), "true");
    assertThat(gone.status()).isEqualTo(125);
    store.podman("rm", "-a").succeeded(); // finishes what the killed one has left
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          slirp4netns, Error: publish port 127.0.0.1:
          pasta,       Error: make the network of the container: pasta:
          """)
  @Tag("root")
  void a_port_that_is_taken_is_told(String program, String sentence) throws Exception {
    Require.root();
    Tool.required(program);
    var store = BusyboxStore.in(folder);
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var published = "127.0.0.1:%d:80".formatted(taken.getLocalPort());
      var options = List.of("--rm", "--network", program, "-p", published);
      var refused = store.run(options, "true");
      assertThat(refused.status()).isEqualTo(125);
      assertThat(refused.stderr()).startsWith(sentence).contains("in use?");
    }
    assertThat(store.containers().toFile().list()).containsExactly(".lock");
    assertThat(Files.exists(store.folder().resolve("store/containers"))).isTrue();
  }

  @Test
  void a_user_namespace_of_its_own_has_a_way_out_by_pasta() {
    Tool.required("pasta");
    try (var user = OrdinaryUser.withSubordinateIds()) {
      var store = BusyboxStore.of(user);
      var options = List.of("--rm", "--network", "pasta", "--uidmap", "0:1:1000");
      var outcome = user.run(store.runLine(options, "ip", "route")).succeeded();
      assertThat(outcome.stdout()).startsWith("default via 10.0.2.2 dev tap0");
    }
  }

  @Test
  @Tag("root")
  void pasta_ends_with_whoever_started_it() throws Exception {
    Require.root();
    Tool.required("pasta");
    var store = BusyboxStore.in(folder);
    var options = List.of("--name", "c", "--network", "pasta");
    var run = new ProcessBuilder(store.runLine(options, "sh", "-c", "echo up; sleep 100")).start();
    assertThat(run.inputReader().readLine()).isEqualTo("up");
    var pasta = carriers(run.toHandle());
    assertThat(pasta).isNotEmpty();
    run.destroyForcibly().waitFor();
    for (var each : pasta) {
      each.onExit().get(30, TimeUnit.SECONDS);
    }
    store.podman("rm", "-f", "c").succeeded();
  }

  private static List<ProcessHandle> carriers(ProcessHandle run) {
    return run.descendants()
        .filter(each -> each.info().command().orElse("").matches(".*/(pasta|passt).*"))
        .toList();
  }

  private static int free() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
