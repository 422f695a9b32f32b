package dev.ocij.buildah.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.OrdinaryUser;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Require;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Containers in a user namespace of their own, of a user with subordinate ids.
@Tag("distribution")
@Tag("namespace")
class UserNamespaceTest {
  private static OrdinaryUser user;
  private static BusyboxStore store;

  @BeforeAll
  static void enter() {
    user = OrdinaryUser.withSubordinateIds();
    store = BusyboxStore.of(user);
  }

  @AfterAll
  static void leave() {
    user.close();
  }

  @AfterEach
  void remove() {
    podman("rm", "-f", "-a");
  }

  @Test
  void files_on_volumes_belong_to_the_user_and_the_images_to_its_root() {
    user.run("mkdir", "-p", volume()).succeeded();
    var own = user.run("id", "-u").stdout().strip();
    var shown =
        run(
            "--userns=keep-id",
            "touch /v/new; stat -c %u /v/new /bin /etc/hosts /; id -u",
            "-v",
            volume() + ":/v");
    assertThat(shown.succeeded().stdout()).isEqualTo(own + "\n0\n0\n0\n" + own + "\n");
    assertThat(user.run("stat", "-c", "%u", volume() + "/new").stdout().strip()).isEqualTo(own);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --userns=keep-id:uid=8,gid=9 | 8:9 | 0:1:8   | 0:1:8 8:0:1 9:9:65527
          --userns=nomap               | 0:0 | 0:1:65535 | 0:1:65535
          --userns=auto:size=9,uidmapping=5:0:1 | 0:0 | 5:0:1 | 0:1:5 5:0:1 6:6:3
          --uidmap=0:8:500             | 0:0 | 0:8:500 | 0:8:500
          --uidmap=0:0:500             | 0:0 | 0:0:500 | 0:0:1 1:1:499
          --gidmap=0:0:500             | 0:0 | 0:0:500 | 0:0:1 1:1:499
          """)
  void its_ids_are_those_that_were_asked_for(String flag, String ids, String told, String map) {
    var shown = run(flag, "echo $(id -u):$(id -g); cat /proc/self/uid_map");
    var lines = new ArrayList<>(shown.succeeded().stdout().lines().toList());
    assertThat(lines.removeFirst()).isEqualTo(ids);
    assertThat(lines.stream().map(line -> line.strip().replaceAll(" +", ":")))
        .containsExactly(map.split(" "));
    podman("create", "--name", "c", flag, store.image(), "true").succeeded();
    var inspected =
        podman(
            "inspect",
            "--format",
            "{{.HostConfig.UsernsMode}} {{.HostConfig.IDMappings.UidMap}}",
            "c");
    assertThat(inspected.succeeded().stdout()).startsWith("private ").contains(told);
  }

  @Test
  void in_the_background_it_is_entered_as_its_user() {
    podman("run", "-d", "--name", "c", "--userns=keep-id:uid=8", store.image(), "sleep", "100")
        .succeeded();
    assertThat(podman("exec", "c", "id", "-u").succeeded().stdout()).isEqualTo("8\n");
    assertThat(podman("exec", "-u", "0", "c", "stat", "-c", "%u", "/bin").succeeded().stdout())
        .isEqualTo("0\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"keep-id", "auto", "nomap"})
  void what_comes_and_goes_has_the_owners_of_inside(String mode) {
    podman(
            "run",
            "-d",
            "--name",
            "c",
            "--userns=" + mode,
            "--user=0",
            store.image(),
            "sleep",
            "100")
        .succeeded();
    podman("cp", "/etc/hostname", "c:/new").succeeded();
    piped("tar -cf - --owner=8 --group=9 -C /etc hostname | \"$@\"", "cp", "-", "c:/bin");
    assertThat(podman("exec", "c", "stat", "-c", "%u:%g", "/new", "/bin/hostname").stdout())
        .isEqualTo("0:0\n8:9\n");
    assertThat(piped("\"$@\" | tar --numeric-owner -tvf -", "cp", "c:/bin/hostname", "-"))
        .contains(" 8/9 ");
    podman("commit", "c", "made").succeeded();
    assertThat(podman("run", "--rm", "made", "stat", "-c", "%u:%g", "/bin/hostname").stdout())
        .isEqualTo("8:9\n");
    podman("rm", "-f", "c").succeeded();
    podman("create", "--name", "c", "--userns=" + mode, store.image(), "true").succeeded();
    assertThat(piped("\"$@\" | tar --numeric-owner -tvf -", "export", "c"))
        .containsPattern("(?m)^drwxr-xr-x 0/0 .* bin/$");
  }

  @Test
  void containers_with_automatic_ids_share_none() {
    for (var name : List.of("a", "b", "c")) {
      auto("run", "-d", "--name", name, "--userns=auto", store.image(), "sleep", "100");
    }
    assertThat(List.of(map("a"), map("b"), map("c")))
        .containsExactly("0:1:1024", "0:1025:1024", "0:2049:1024");
    podman("rm", "-f", "b").succeeded();
    auto("run", "-d", "--name", "d", "--userns=auto:size=500", store.image(), "sleep", "100");
    assertThat(map("d")).isEqualTo("0:1025:500");
    var refused = podman("run", "--userns=auto:size=65000", store.image(), "true");
    assertThat(refused.status()).isEqualTo(125);
    assertThat(refused.stderr()).contains("there is no range of 65000 uids that no container has");
    assertThat(podman("ps", "-aq").stdout().lines()).hasSize(3);
  }

  private static void auto(String... line) {
    user.run(store.line(line)).succeeded();
  }

  private static String map(String container) {
    return user.run(store.line("exec", container, "cat", "/proc/self/uid_map"))
        .succeeded()
        .stdout()
        .strip()
        .replaceAll(" +", ":");
  }

  @Test
  void their_root_writes_to_what_is_theirs_and_not_to_what_is_the_users() {
    user.run("mkdir", "-p", volume()).succeeded();
    var shown =
        run(
            "--userns=auto",
            "touch /new /named/new; stat -c %u /new /named /named/new /dev/pts /v; touch /v/x",
            "-v",
            "named:/named",
            "-v",
            volume() + ":/v");
    assertThat(shown.stdout()).isEqualTo("0\n0\n0\n0\n65534\n");
    assertThat(shown.stderr()).contains("/v/x: Permission denied");
  }

  @Test
  void a_network_of_its_own_has_a_way_out_and_belongs_to_its_root() {
    Tool.required("slirp4netns");
    for (var mode : List.of("keep-id", "auto")) {
      var shown =
          run(
              "--userns=" + mode,
              "ip -o -4 addr show tap0 | cut -d' ' -f7; ip route | head -n 1",
              "--network=private");
      assertThat(shown.succeeded().stdout()).startsWith("10.0.2.100/24\ndefault via 10.0.2.2");
      var changed =
          run(
              "--userns=" + mode,
              "ip link set lo down",
              "--network=none",
              "--cap-add=NET_ADMIN",
              "-u",
              "0");
      assertThat(changed.succeeded().stderr()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"keep-id, 1001 0 1", "auto, 0 1 1024", "nomap, 0 1 65535"})
  void containers_of_a_pod_share_it(String mode, String map) {
    Tool.required("slirp4netns");
    podman("pod", "create", "--userns=" + mode, "shared").succeeded();
    var ask =
        "readlink /proc/self/ns/user; cat /proc/self/uid_map; stat -c %u /bin /etc/hosts; ip -o -4"
            + " addr show tap0 | cut -d' ' -f7";
    var first = podman("run", "--pod=shared", "--name=a", store.image(), "sh", "-c", ask);
    var lines = first.succeeded().stdout().lines().map(line -> line.strip().replaceAll(" +", " "));
    assertThat(lines)
        .contains(map.replace("1001", user.run("id", "-u").stdout().strip()))
        .endsWith("0", "0", "10.0.2.100/24");
    var second = podman("run", "--rm", "--pod=shared", store.image(), "sh", "-c", ask);
    assertThat(second.succeeded().stdout()).isEqualTo(first.stdout());
    podman("pod", "rm", "-f", "shared").succeeded();
  }

  @Test
  void its_ports_are_published() throws IOException, InterruptedException {
    Tool.required("slirp4netns");
    podman(
            "run",
            "-d",
            "--name",
            "c",
            "--userns=auto",
            "-p",
            "127.0.0.1::8000",
            store.image(),
            "sh",
            "-c",
            "echo served > /index.html; exec httpd -f -p 8000")
        .succeeded();
    var port = podman("port", "c", "8000").succeeded().stdout().strip();
    assertThat(answer("http://" + port + "/index.html")).isEqualTo("served\n");
  }

  private static String answer(String address) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(address)).build();
    try (var client = HttpClient.newHttpClient()) {
      for (int i = 0; i < 100; i++) {
        try {
          return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException _) {
          Thread.sleep(50);
        }
      }
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }

  @Test
  @Tag("root")
  void root_may_map_a_range_and_has_no_id_to_keep(@TempDir Path folder) {
    Require.root();
    var ours = BusyboxStore.in(folder);
    var shown = ours.run(List.of("--rm", "--uidmap=0:0:500"), "cat", "/proc/self/uid_map");
    assertThat(shown.succeeded().stdout().strip().split(" +")).containsExactly("0", "0", "500");
    var refused = ours.run(List.of("--rm", "--userns=keep-id"), "true");
    assertThat(refused.status()).isEqualTo(125);
    assertThat(refused.stderr()).contains("keep-id is only supported in rootless mode");
    var without = ours.run(List.of("--rm", "--userns=nomap"), "true");
    assertThat(without.stderr()).contains("nomap is only supported in rootless mode");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --userns=bogus                  | unrecognized namespace mode bogus passed
          --userns=private                | run with --userns private is not implemented yet
          --userns=auto:x=3               | unknown option specified: "x"
          --userns=auto:size=x            | expected a number of ids
          --userns=auto:uidmapping=1      | expected INSIDE:HERE:COUNT
          --userns=keep-id:x=3            | unknown option specified: "x"
          --userns=keep-id:uid=x          | expected uid=NUMBER and gid=NUMBER
          --userns=keep-id --uidmap=0:1:5 | mutually exclusive
          --uidmap=0:1                    | expected INSIDE:HERE:COUNT
          --uidmap=x:1:2                  | expected INSIDE:HERE:COUNT
          --uidmap=0:0:99999999           | there are 65536 ids here
          --uidmap=1:1:5                  | the container gets no root
          --userns=auto --network=ns:/proc/1/ns/net | in namespaces of others
          --userns=auto --pod=new:p       | in a pod
          """)
  void what_cannot_be_is_told(String flags, String sentence) {
    var line = new ArrayList<>(List.of("run", "--rm"));
    line.addAll(List.of(flags.split(" +")));
    line.addAll(List.of(store.image(), "true"));
    var refused = podman(line.toArray(String[]::new));
    assertThat(refused.status()).isEqualTo(125);
    assertThat(refused.stderr()).contains(sentence);
  }

  /// What a shell shows that has a command of podman-j as its arguments.
  private static String piped(String script, String... args) {
    var line = new ArrayList<>(List.of("sh", "-c", script, "sh"));
    line.addAll(List.of(store.line(args)));
    return user.run(line.toArray(String[]::new)).succeeded().stdout();
  }

  private Outcome run(String flag, String script, String... more) {
    var line = new ArrayList<>(List.of("run", "--rm", flag));
    line.addAll(List.of(more));
    line.addAll(List.of(store.image(), "sh", "-c", script));
    return podman(line.toArray(String[]::new));
  }

  private Outcome podman(String... args) {
    return user.run(store.line(args));
  }

  private static String volume() {
    return Path.of(user.home().toString(), "volume").toString();
  }
}
