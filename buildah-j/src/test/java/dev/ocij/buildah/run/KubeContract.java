package dev.ocij.buildah.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Outcome;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/// Pods that files describe, for whichever user a subclass stands for.
abstract class KubeContract extends ContainerContract {
  private static final String ID = "[0-9a-f]{64}\n";

  @Override
  void removeAll() {
    podman("pod", "rm", "-f", "-a");
    super.removeAll();
    podman("volume", "rm", "-f", "-a");
  }

  @Override
  void nothingElseIsLeft() {
    assertThat(processes().now()).isEmpty();
  }

  @Test
  void a_pod_is_played_and_goes_with_what_it_was_made_of() throws IOException {
    Tool.required("slirp4netns");
    int port = freePort();
    var file =
        file(
            """
            apiVersion: v1
            kind: Pod
            metadata:
              name: web
              labels: {app: played}
            spec:
              hostname: box
              restartPolicy: Never
              terminationGracePeriodSeconds: 1
              initContainers:
              - name: first
                image: IMAGE
                command: [sh, -c, "sleep 1; hostname > /d/name"]
                volumeMounts: [{name: data, mountPath: /d}]
              - name: second
                image: IMAGE
                command: [sh, -c, "sed -i s/^/played-on-/ /d/name; echo kept > /k/f"]
                volumeMounts: [{name: data, mountPath: /d}, {name: kept, mountPath: /k}]
              containers:
              - name: server
                image: IMAGE
                command: [httpd, -f, -p, "8080", -h, /d]
                ports: [{containerPort: 8080, hostPort: PORT}]
                volumeMounts: [{name: data, mountPath: /d, readOnly: true}]
              - name: asker
                image: IMAGE
                command: [sh, -c]
                args: ["until wget -q -O - http://127.0.0.1:$(ASKED)/name; do sleep 0.1; done; exec sleep 100"]
                env: [{name: ASKED, value: "8080"}]
              volumes:
              - name: data
                emptyDir: {}
              - name: kept
                persistentVolumeClaim: {claimName: kept}
            """
                .replace("PORT", "" + port));
    var played = podman("kube", "play", file);
    assertThat(played.succeeded().stdout())
        .matches("Pod:\n" + ID + "Containers:\n" + ID + ID + "\n");
    assertThat(played.stderr()).isEmpty();
    eventually("asked", "played-on-box\n", "logs", "web-asker");
    try (var answer = URI.create("http://127.0.0.1:" + port + "/name").toURL().openStream()) {
      assertThat(answer).hasContent("played-on-box");
    }
    assertThat(names("--filter=pod=web", "--sort=names")).endsWith("web-asker\nweb-server\n");
    assertThat(podman("ps", "-a", "-q").stdout()).hasLineCount(3);
    assertThat(podman("pod", "inspect", "-f", "{{.Labels}} {{.ExitPolicy}}", "web").stdout())
        .isEqualTo("map[app:played] stop\n");
    assertThat(podman("exec", "web-server", "touch", "/d/new").stderr())
        .contains("Read-only file system");
    assertThat(podman("volume", "ls", "-q").stdout()).hasLineCount(2).contains("kept\n");
    var down = podman("kube", "down", file);
    assertThat(down.succeeded().stdout()).matches("Pods stopped:\n" + ID + "Pods removed:\n" + ID);
    assertThat(podman("pod", "ps", "-q").stdout()).isEmpty();
    assertThat(podman("ps", "-a", "-q").stdout()).isEmpty();
    assertThat(podman("volume", "ls", "-q").stdout()).isEqualTo("kept\n");
    assertThat(podman("kube", "down", file).succeeded().stdout())
        .isEqualTo("Pods stopped:\nPods removed:\n");
  }

  @Test
  void others_wait_for_the_first_which_may_be_made_better() throws IOException {
    var file = file(first("exit 3"));
    var failed = podman("kube", "play", "--network=none", file);
    assertThat(failed.status()).isEqualTo(125);
    assertThat(failed.stderr())
        .contains("start pod p: container p-first, which comes first, ended with 3");
    assertThat(podman("inspect", "-f", "{{.State.Status}}", "p-main").stdout())
        .isEqualTo("created\n");
    assertThat(podman("logs", "p-first").stdout()).isEqualTo("tried\n");
    assertThat(podman("kube", "play", "--network=none", file).stderr())
        .contains("name \"p\" is in use: pod already exists");
    file(first("true"));
    var again = input("play", "kube", "--network=none", "--replace", "-q", "-");
    assertThat(again.succeeded().stdout())
        .matches(
            "Pods stopped:\n"
                + ID
                + "Pods removed:\n"
                + ID
                + "Pod:\n"
                + ID
                + "Container:\n"
                + ID
                + "\n");
    assertThat(podman("wait", "p-main").stdout()).isEqualTo("0\n");
    assertThat(podman("logs", "p-main").stdout()).isEqualTo("main\n");
    assertThat(podman("container", "exists", "p-first").status()).isEqualTo(1);
    assertThat(input("kube", "play", "--down", "-").succeeded().stdout())
        .matches("Pods stopped:\n" + ID + "Pods removed:\n" + ID);
  }

  private static String first(String end) {
    return """
    kind: Pod
    metadata: {name: p}
    spec:
      restartPolicy: Never
      initContainers: [{name: first, image: "IMAGE", command: [sh, -c, "echo tried; END"]}]
      containers: [{name: main, image: "IMAGE", command: [echo, main]}]
    """
        .replace("END", end);
  }

  @Test
  void what_is_only_made_is_started_later_and_the_first_comes_again() throws IOException {
    var file = file(first("true"));
    podman("kube", "play", "--network=none", "--start=false", "--userns=host", file).succeeded();
    assertThat(podman("pod", "ps", "--format", "{{.Status}} {{.NumberOfContainers}}").stdout())
        .isEqualTo("Created 3\n");
    podman(
            "create",
            "--pod=p",
            "--init-ctr=always",
            "--name=each",
            "-v=count:/c",
            store().image(),
            "sh",
            "-c",
            "echo x >> /c/f")
        .succeeded();
    for (int i = 0; i < 2; i++) {
      podman("pod", "start", "p").succeeded();
      eventually("ended", "Exited\n", "pod", "ps", "--format", "{{.Status}}");
    }
    var count = podman("run", "--rm", "-v=count:/c", store().image(), "cat", "/c/f");
    assertThat(count.stdout()).isEqualTo("x\nx\n");
    assertThat(podman("container", "exists", "p-first").status()).isEqualTo(1);
    assertThat(podman("create", "--init-ctr=once", store().image()).stderr())
        .contains("must specify pod value with init-ctr");
    assertThat(podman("create", "--pod=p", "--init-ctr=x", store().image()).stderr())
        .contains("init-ctr value must be 'always' or 'once'");
  }

  @Test
  void a_deployment_is_a_pod_with_the_rights_that_it_says() throws IOException {
    var folder = store().folder() + "/of-host";
    var file =
        file(
            """
            kind: Service
            metadata: {name: s}
            ---
            kind: Deployment
            metadata: {name: d}
            spec:
              replicas: 1
              template:
                metadata: {labels: {a: b}}
                spec:
                  terminationGracePeriodSeconds: 0
                  nodeName: here
                  containers:
                  - name: c
                    image: IMAGE
                    command: [sh, -c, "id -u; id -g; grep -E '^(CapBnd|NoNew)' /proc/self/status; touch /x; cat /h/f; exec sleep 100"]
                    livenessProbe: {exec: {command: ["true"]}, periodSeconds: 20}
                    volumeMounts: [{name: h, mountPath: /h}, {name: f, mountPath: /h/f}]
                    securityContext:
                      runAsUser: 7
                      runAsGroup: 8
                      readOnlyRootFilesystem: true
                      allowPrivilegeEscalation: false
                      capabilities: {drop: [ALL]}
                  volumes:
                  - {name: h, hostPath: {path: FOLDER, type: DirectoryOrCreate}}
                  - {name: f, hostPath: {path: FOLDER/f, type: FileOrCreate}}
            """
                .replace("FOLDER", folder));
    var played = podman("kube", "play", "--network=none", "--no-hosts", "--annotation=k=v", file);
    assertThat(played.succeeded().stdout()).matches("Pod:\n" + ID + "Container:\n" + ID + "\n");
    assertThat(played.stderr())
        .hasLineCount(2)
        .contains("the kind \\\"Service\\\" is not played", "spec.template.spec.nodeName");
    eventually("rights", "7\n8\nCapBnd:\t0000000000000000\nNoNewPrivs:\t1\n", "logs", "d-pod-c");
    var format = "{{.Config.Labels.a}} {{.Config.Annotations.k}} {{.Config.Healthcheck.Test}}";
    assertThat(podman("inspect", "-f", format, "d-pod-c").stdout()).isEqualTo("b v [CMD true]\n");
    assertThat(as("stat", "-c", "%F", folder, folder + "/f").stdout())
        .isEqualTo("directory\nregular empty file\n");
    podman("kube", "down", file).succeeded();
    as("rm", "-r", folder).succeeded();
  }

  @Test
  void what_cannot_be_made_leaves_nothing() throws IOException {
    var file =
        file(
            """
            kind: Pod
            metadata: {name: p}
            spec:
              containers:
              - {name: a, image: "IMAGE"}
              - {name: b, image: "localhost/no-such:1", imagePullPolicy: Never}
              volumes: [{name: e, emptyDir: {}}]
            """);
    var failed = podman("kube", "play", "--network=none", file);
    assertThat(failed.status()).isEqualTo(125);
    assertThat(failed.stderr()).contains("localhost/no-such:1");
    assertThat(podman("pod", "ps", "-q").stdout()).isEmpty();
    assertThat(podman("ps", "-a", "-q").stdout()).isEmpty();
    assertThat(podman("volume", "ls", "-q").stdout()).isEmpty();
    assertThat(podman("kube", "play", "--ip=192.0.2.1", file).stderr())
        .contains("--ip is not implemented yet");
    assertThat(podman("kube", "play").stderr()).contains("accepts 1 arg(s), received 0");
    assertThat(podman("kube", "play", "https://192.0.2.1/p.yaml").stderr())
        .contains("pods of a URL are not implemented yet");
  }

  private String file(String yaml) throws IOException {
    var file = store().folder().resolve("pod.yaml");
    Files.writeString(file, yaml.replace("IMAGE", store().image()));
    Files.setAttribute(file, "unix:mode", 0644);
    return file.toString();
  }

  /// Runs a command with the file as its standard input.
  private Outcome input(String... args) {
    var line = String.join(" ", store().line(args)) + " < " + store().folder() + "/pod.yaml";
    return as("sh", "-c", line);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
