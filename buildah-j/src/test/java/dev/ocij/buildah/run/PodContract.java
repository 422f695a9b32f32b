package dev.ocij.buildah.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Pods, for whichever user a subclass stands for.
abstract class PodContract extends ContainerContract {
  private static final String ID = "[0-9a-f]{64}\n";
  private static final String IDLE = "trap exit TERM; while :; do sleep 0.1; done";

  private static final String NAMESPACES =
      "for n in net ipc uts; do readlink /proc/self/ns/$n; done";

  @Override
  void removeAll() {
    podman("pod", "rm", "-f", "-a");
    super.removeAll();
  }

  @Test
  void its_containers_share_network_shared_memory_and_name() {
    Tool.required("slirp4netns");
    assertThat(podman("pod", "create", "--name", "p", "-h", "both").succeeded().stdout())
        .matches(ID);
    var serve = "mkdir /w; hostname >/w/name; httpd -p 8080 -h /w; " + IDLE;
    podman("run", "-d", "--pod", "p", "--name", "a", store().image(), "sh", "-c", serve)
        .succeeded();
    var ask =
        "hostname; echo b >/dev/shm/b; %s; grep both /etc/hosts; exit 3".formatted(NAMESPACES);
    var asked = podman("run", "--pod", "p", "--name", "b", store().image(), "sh", "-c", ask);
    assertThat(asked.status()).isEqualTo(3);
    var namespaces = podman("exec", "a", "sh", "-c", NAMESPACES).succeeded().stdout();
    assertThat(asked.stdout()).isEqualTo("both\n" + namespaces + "127.0.0.1\tboth b\n");
    assertThat(podman("exec", "a", "cat", "/dev/shm/b").succeeded().stdout()).isEqualTo("b\n");
    assertThat(podman("exec", "a", "wget", "-q", "-O", "-", "http://127.0.0.1:8080/name").stdout())
        .isEqualTo("both\n");
    assertThat(own("net", "ipc", "uts")).doesNotContainAnyElementsOf(namespaces.lines().toList());
    assertThat(
            podman("pod", "ps", "--format", "{{.Name}} {{.Status}} {{.NumberOfContainers}}")
                .stdout())
        .isEqualTo("p Degraded 3\n");
    assertThat(podman("inspect", "-f", "{{.IsInfra}} {{.Config.Hostname}}", "b").stdout())
        .isEqualTo("false both\n");
  }

  @Test
  void it_is_started_stopped_and_removed_as_one() {
    podman("pod", "create", "--network", "none", "p").succeeded();
    assertThat(podman("pod", "exists", "p").status()).isZero();
    assertThat(podman("pod", "exists", "q").status()).isEqualTo(1);
    assertThat(podman("pod", "create", "p").stderr()).contains("name \"p\" is in use");
    for (var name : new String[] {"a", "b"}) {
      podman("create", "--pod", "p", "--name", name, store().image(), "sh", "-c", IDLE).succeeded();
    }
    assertThat(state()).isEqualTo("Created 3\n");
    assertThat(podman("pod", "start", "p").succeeded().stdout()).isEqualTo("p\n");
    assertThat(state()).isEqualTo("Running 3\n");
    assertThat(podman("ps", "--filter", "pod=p", "-q").stdout().lines()).hasSize(3);
    var columns = podman("pod", "ps", "--format", "table {{.ID}} {{.Name}}\\t{{.Status}}");
    assertThat(columns.stdout()).matches("POD ID NAME +STATUS\n[0-9a-f]{12} p +Running\n");
    assertThat(podman("pod", "inspect", "-l", "-f", "{{.Name}}").stdout()).isEqualTo("p\n");
    assertThat(podman("ps", "--pod", "--filter", "name=^a$").stdout())
        .matches("CONTAINER ID .*NAMES +POD ID +PODNAME\n.* a +[0-9a-f]{12} +p\n");
    var refused = podman("pod", "rm", "p");
    assertThat(refused.status()).isEqualTo(125);
    assertThat(refused.stderr()).contains("has containers that are not ready to be removed");
    podman("stop", "a").succeeded();
    assertThat(state()).isEqualTo("Degraded 3\n");
    assertThat(podman("pod", "restart", "p").succeeded().stdout()).isEqualTo("p\n");
    assertThat(podman("pod", "stop", "p").succeeded().stdout()).isEqualTo("p\n");
    assertThat(state()).isEqualTo("Exited 3\n");
    assertThat(podman("pod", "rm", "p").succeeded().stdout()).matches(ID);
    assertThat(podman("pod", "rm", "p").status()).isEqualTo(1);
    assertThat(podman("pod", "rm", "-i", "p").status()).isZero();
  }

  @Test
  void a_run_makes_one_too_and_the_infra_container_goes_with_it() {
    var run =
        podman("run", "-d", "--pod", "new:p", "--name", "a", store().image(), "sh", "-c", IDLE);
    assertThat(run.succeeded().stdout()).matches(ID);
    var infra = podman("pod", "inspect", "-f", "{{.InfraContainerID}}", "p").stdout().strip();
    var kept = podman("rm", "-f", infra);
    assertThat(kept.status()).isEqualTo(125);
    assertThat(kept.stderr())
        .contains("is the infra container of pod", "cannot be removed without removing the pod");
    var format = "{{.State}} {{.NumContainers}} {{.ExitPolicy}} {{.SharedNamespaces}}";
    assertThat(podman("pod", "inspect", "-f", format, "p").stdout())
        .isEqualTo("Running 2 continue [ipc net uts]\n");
    assertThat(podman("run", "--pod", "p", "-p", "80:80", store().image(), "true").stderr())
        .contains("must be defined when the pod is created");
    assertThat(podman("run", "--pod", "p", "-h", "x", store().image(), "true").stderr())
        .contains("cannot set hostname when joining the pod UTS namespace");
    assertThat(podman("run", "--pod", "q", store().image(), "true").stderr())
        .contains("no pod with name or ID q found: no such pod");
    assertThat(podman("pod", "kill", "p").succeeded().stdout()).isEqualTo("p\n");
    eventually("Exited 2\n");
    assertThat(podman("pod", "prune", "-f").succeeded().stdout()).matches(ID);
    assertThat(podman("pod", "ps", "-q").stdout()).isEmpty();
  }

  @Test
  void it_may_stop_with_the_last_of_its_containers() {
    podman("pod", "create", "--exit-policy", "stop", "--network", "none", "p").succeeded();
    var run = podman("run", "--pod", "p", store().image(), "sh", "-c", "echo out; exit 4");
    assertThat(run.stdout()).isEqualTo("out\n");
    assertThat(run.status()).isEqualTo(4);
    eventually("Exited 2\n");
    assertThat(podman("pod", "logs", "p").succeeded().stdout()).matches("[0-9a-f]{12} out\n");
    var recent = podman("pod", "logs", "--latest", "--names", "--since=10m");
    assertThat(recent.succeeded().stdout()).matches("\\S+ out\n");
    assertThat(podman("pod", "logs", "--latest", "--until=10m").succeeded().stdout()).isEmpty();
    assertThat(podman("pod", "logs").stderr()).contains("requires the name or id of one pod");
  }

  @Test
  void one_of_its_containers_that_was_not_started_is_awaited() {
    podman("pod", "create", "--exit-policy", "stop", "--network", "none", "p").succeeded();
    podman("create", "--pod", "p", "--name", "b", store().image(), "true").succeeded();
    podman("run", "--pod", "p", "--name", "a", store().image(), "true").succeeded();
    assertThat(state()).isEqualTo("Degraded 3\n");
    podman("start", "b").succeeded();
    eventually("Exited 3\n");
    podman("pod", "start", "p").succeeded();
    eventually("Exited 3\n");
  }

  @Test
  void its_containers_have_what_was_said_of_all() {
    var file = store().folder().resolve("monitor.pid").toString();
    podman(
            "pod",
            "create",
            "--name=p",
            "--network=none",
            "--dns=192.0.2.1",
            "--dns-search=example.org",
            "--dns-option=ndots:3",
            "--add-host=db:192.0.2.7",
            "--restart=on-failure:1",
            "--security-opt=no-new-privileges",
            "--volume=shared:/shared",
            "--infra-conmon-pidfile=" + file)
        .succeeded();
    var tell =
        "cat /etc/resolv.conf; grep 192.0.2.7 /etc/hosts; grep NoNew /proc/self/status; echo x"
            + " >>/shared/x; exit 5";
    podman("run", "-d", "--pod=p", "--name=a", store().image(), "sh", "-c", tell).succeeded();
    assertThat(podman("wait", "a").stdout()).isEqualTo("5\n");
    var told =
        """
        search example.org
        nameserver 192.0.2.1
        options ndots:3
        192.0.2.7\tdb
        NoNewPrivs:\t1
        """;
    assertThat(podman("logs", "a").stdout()).isEqualTo(told + told);
    var infra = podman("pod", "inspect", "-f", "{{.InfraContainerID}}", "p").stdout().strip();
    assertThat(as("cat", file).succeeded().stdout() + "\n")
        .isEqualTo(podman("inspect", "-f", "{{.State.ConmonPid}}", infra).stdout());
    var own =
        podman(
            "run",
            "--rm",
            "--pod=p",
            "--dns=192.0.2.9",
            "--security-opt=no-new-privileges=false",
            "--volume=own:/shared",
            store().image(),
            "sh",
            "-c",
            "grep nameserver /etc/resolv.conf; grep NoNew /proc/self/status; ls /shared");
    assertThat(own.succeeded().stdout()).isEqualTo("nameserver 192.0.2.9\nNoNewPrivs:\t0\n");
    var format =
        "{{.RestartPolicy}} {{.InfraConfig.DNSServer}} {{.InfraConfig.HostAdd}} {{.security_opt}}";
    assertThat(podman("pod", "inspect", "-f", format, "p").stdout())
        .isEqualTo("on-failure:1 [192.0.2.1] [db:192.0.2.7] [no-new-privileges]\n");
  }

  @Test
  void its_containers_share_a_user_namespace_and_its_ids() {
    podman("pod", "create", "--uidmap=0:0:500", "--network=none", "p").succeeded();
    var serve = "touch /new; httpd -p 8080 -h /; " + IDLE;
    podman("run", "-d", "--pod=p", "--name=a", store().image(), "sh", "-c", serve).succeeded();
    var ask =
        ("%s; readlink /proc/self/ns/user; cat /proc/self/uid_map; stat -c %%u / /bin /proc/1;"
                + " echo $$; mount -t tmpfs x /mnt; ip link set lo down && echo down")
            .formatted(NAMESPACES);
    var asked =
        podman("run", "--rm", "--pod=p", "--cap-add=NET_ADMIN", store().image(), "sh", "-c", ask);
    var namespaces =
        podman("exec", "a", "sh", "-c", NAMESPACES + "; readlink /proc/self/ns/user")
            .succeeded()
            .stdout();
    assertThat(asked.stdout()).startsWith(namespaces).endsWith("\n0\n0\n0\n1\ndown\n");
    assertThat(asked.stdout()).doesNotContain("4294967295");
    assertThat(own("net", "ipc", "uts", "user"))
        .doesNotContainAnyElementsOf(namespaces.lines().toList());
    var mode = "{{.HostConfig.UsernsMode}}";
    assertThat(podman("inspect", "-f", mode, "a").stdout()).isEqualTo("private\n");
    assertThat(podman("pod", "inspect", "-f", "{{.SharedNamespaces}}", "p").stdout())
        .contains("user");
    var other = podman("run", "--rm", "--pod=p", "--uidmap=0:0:9", store().image(), "true");
    assertThat(other.stderr()).contains("in a user namespace of its own and in a pod");
    podman("pod", "restart", "p").succeeded();
    assertThat(podman("exec", "a", "stat", "-c", "%u", "/new").succeeded().stdout())
        .isEqualTo("0\n");
  }

  @Test
  void it_may_be_named_by_a_file_and_told_with_its_containers() {
    var file = store().folder().resolve("pod.id").toString();
    podman("pod", "create", "--network=none", "--infra-name=inf", "--pod-id-file=" + file, "p")
        .succeeded();
    assertThat(as("cat", file).stdout() + "\n")
        .isEqualTo(podman("pod", "ps", "-q", "--no-trunc").stdout());
    assertThat(podman("pod", "ps", "--ctr-names", "--ctr-ids", "--ctr-status").stdout())
        .matches("POD ID .* IDS +NAMES +STATUS\n.* p .* [0-9a-f]{12} +inf +created\n");
    // By a path from here: the monitor that starts the container is somewhere else.
    var launcher = Path.of(store().line()[0]);
    var line = new ArrayList<>(List.of("sh", "-c", "cd \"$0\" && exec bin/podman-j \"$@\""));
    line.add(String.valueOf(launcher.resolveSibling("..").normalize()));
    line.addAll(List.of(store().line()).subList(1, store().line().length));
    line.addAll(List.of("run", "--rm", "--pod-id-file=" + file, store().image(), "echo", "in"));
    assertThat(as(line.toArray(String[]::new)).succeeded().stdout()).isEqualTo("in\n");
    for (var deed : List.of("stop", "start", "kill", "rm")) {
      assertThat(podman("pod", deed, "--pod-id-file=" + file).succeeded().stdout()).matches(ID);
    }
    assertThat(podman("pod", "exists", "p").status()).isEqualTo(1);
  }

  @Test
  void what_is_said_of_its_infra_container_changes_nothing() {
    podman(
            "pod",
            "create",
            "--infra-image=localhost/nosuch:1",
            "--infra-command=/nosuch",
            "--share-parent",
            "--network=none",
            "p")
        .succeeded();
    assertThat(podman("run", "--rm", "--pod=p", store().image(), "echo", "in").succeeded().stdout())
        .isEqualTo("in\n");
    assertThat(podman("pod", "inspect", "-f", "{{.Name}} {{.State}}", "p").stdout())
        .isEqualTo("p Running\n");
    assertThat(podman("image", "exists", "localhost/nosuch:1").status()).isEqualTo(1);
  }

  @Test
  void its_limits_are_set_or_told() {
    var made = podman("pod", "create", "--memory=64m", "--network=none", "p").succeeded();
    var group = "basename $(dirname $(grep ^0: /proc/self/cgroup))";
    var run = podman("run", "--cgroupns=host", "--pod=p", store().image(), "sh", "-c", group);
    if (made.stderr().isEmpty()) {
      assertThat(run.succeeded().stdout()).matches("ocij-pod-[0-9a-f]{64}\n");
    } else {
      assertThat(made.stderr())
          .contains("level=warning msg=\"--memory: limits of memory and processors are not set")
          .hasLineCount(1);
      assertThat(run.status()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --userns=bogus       | unrecognized namespace mode bogus passed
          --userns=auto:x=3    | unknown option specified: "x"
          --uidmap=0:1         | expected INSIDE:HERE:COUNT
          --uidmap=0:0:500 --share=ipc | --infra and --share net are needed
          --uidmap=0:0:500 --infra=false | --infra and --share net are needed
          --restart=sometimes  | invalid restart policy "sometimes"
          --dns=here           | "here" is not an ip address
          --volume=a:b         | invalid container path "b"
          --security-opt=all   | invalid --security-opt "all"
          --memory=lots        | --memory "lots": expected a number
          """)
  void what_no_container_could_have_is_refused(String option, String message) {
    podman("pod", "create", "--network=none", "q").succeeded();
    var line = Stream.of("pod create " + option + " p").flatMap(text -> Stream.of(text.split(" ")));
    var refused = podman(line.toArray(String[]::new));
    assertThat(refused.stderr()).contains(message);
    assertThat(refused.status()).isEqualTo(125);
    assertThat(podman("pod", "exists", "p").status()).isEqualTo(1);
  }

  private String state() {
    return podman("pod", "ps", "--format", "{{.Status}} {{.NumberOfContainers}}")
        .succeeded()
        .stdout();
  }

  private void eventually(String expected) {
    String found = "";
    for (int i = 0; i < 20 && !found.equals(expected); i++) {
      found = state();
    }
    assertThat(found).isEqualTo(expected);
  }

  private static List<String> own(String... types) {
    return Stream.of(types)
        .map(type -> {
          try {
            return Files.readSymbolicLink(Path.of("/proc/self/ns/" + type)).toString();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        })
        .toList();
  }
}
