package dev.ocij.buildah.podman.kube;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.spec.OciException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubeFileTest {
  private final List<String> ignored = new ArrayList<>();

  @Test
  void a_pod_becomes_the_lines_that_make_it() {
    var pod =
        only(
            """
            apiVersion: v1
            kind: Pod
            metadata:
              name: web
              labels: {app: x}
              annotations: {note: y}
            spec:
              hostname: box
              restartPolicy: OnFailure
              terminationGracePeriodSeconds: 3
              hostAliases: [{ip: 192.0.2.7, hostnames: [db, data]}]
              dnsConfig:
                nameservers: [192.0.2.1]
                searches: [example.org]
                options: [{name: ndots, value: "3"}, {name: edns0}]
              securityContext: {runAsUser: 7, supplementalGroups: [8]}
              initContainers:
              - {name: first, image: "a:1"}
              containers:
              - name: main
                image: b
                ports:
                - {containerPort: 80, hostPort: 8080, hostIP: 127.0.0.1}
                - {containerPort: 53, hostPort: 5353, protocol: UDP}
                - {containerPort: 9000}
            """);
    assertThat(pod.create())
        .containsExactly(
            "--name=web",
            "--exit-policy=stop",
            "--label=app=x",
            "--hostname=box",
            "--add-host=db:192.0.2.7",
            "--add-host=data:192.0.2.7",
            "--dns=192.0.2.1",
            "--dns-search=example.org",
            "--dns-option=ndots:3",
            "--dns-option=edns0");
    assertThat(pod.ports()).containsExactly("127.0.0.1:8080:80/tcp", "5353:53/udp");
    assertThat(pod.containers())
        .containsExactly(
            new PlayedPod.PlayedContainer(
                true,
                List.of(
                    "--name=web-first",
                    "--label=app=x",
                    "--annotation=note=y",
                    "--stop-timeout=3",
                    "--restart=no",
                    "--pull=missing",
                    "--user=7",
                    "--group-add=8"),
                List.of("a:1")),
            new PlayedPod.PlayedContainer(
                false,
                List.of(
                    "--name=web-main",
                    "--label=app=x",
                    "--annotation=note=y",
                    "--stop-timeout=3",
                    "--restart=on-failure",
                    "--pull=newer",
                    "--user=7",
                    "--group-add=8"),
                List.of("b")));
    assertThat(ignored).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'command: [sh, "-c", "a b"]'        | --entrypoint=["sh","-c","a b"]
          'workingDir: /w'                    | --workdir=/w
          'env: [{name: A, value: "1"}, {name: B, value: "$(A)$(C)$$x"}]' | --env=A=1 --env=B=1$(C)$x
          'env: [{name: A}]'                  | --env=A=
          'stdin: true, tty: true'            | --interactive --tty
          'volumeMounts: [{name: h, mountPath: /m}]' | --volume=/srv:/m
          'volumeMounts: [{name: k, mountPath: /m}]' | --volume=kept:/m:ro
          'volumeMounts: [{name: h, mountPath: /m, readOnly: true}]' | --volume=/srv:/m:ro
          'resources: {limits: {memory: 64Mi, cpu: 500m}, requests: {cpu: 1}}' | --memory=67108864b --cpus=0.5
          'resources: {limits: {cpu: 2}}'     | --cpus=2
          'securityContext: {runAsUser: 1, runAsGroup: 2}' | --user=1:2
          'securityContext: {privileged: true}' | --privileged
          'securityContext: {privileged: false, allowPrivilegeEscalation: true}' |
          'securityContext: {allowPrivilegeEscalation: false}' | --security-opt=no-new-privileges
          'securityContext: {readOnlyRootFilesystem: true}' | --read-only --read-only-tmpfs=false
          'securityContext: {capabilities: {add: [NET_ADMIN], drop: [ALL]}}' | --cap-add=NET_ADMIN --cap-drop=ALL
          'securityContext: {seccompProfile: {type: Unconfined}}' | --security-opt=seccomp=unconfined
          'securityContext: {runAsNonRoot: true, runAsUser: 5}' | --user=5
          'livenessProbe: {exec: {command: ["true"]}, periodSeconds: 5}' | --health-cmd=["true"] --health-interval=5s --health-timeout=1s --health-start-period=0s --health-retries=3 --health-on-failure=restart
          """)
  void a_field_of_a_container_becomes_options(String field, @Nullable String options) {
    var pod =
        only(
            """
            {kind: Pod, metadata: {name: p}, spec: {
              volumes: [
                {name: h, hostPath: {path: /srv, type: Directory}},
                {name: k, persistentVolumeClaim: {claimName: kept, readOnly: true}}],
              containers: [{name: c, image: "x:1", %s}]}}
            """
                .formatted(field));
    assertThat(String.join(" ", pod.containers().getFirst().options()))
        .isEqualTo(
            "--name=p-c --restart=always --pull=missing" + (options == null ? "" : " " + options));
    assertThat(ignored).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'imagePullPolicy: Always'       | --pull=always
          'imagePullPolicy: IfNotPresent' | --pull=missing
          'imagePullPolicy: Never'        | --pull=never
          """)
  void images_are_pulled_as_the_policy_says(String field, String option) {
    assertThat(container(field).options()).contains(option);
  }

  @Test
  void arguments_follow_the_image_and_name_variables() {
    var made = container("args: [\"$(A)\", \"$$(A)\", --x], env: [{name: A, value: a}]");
    assertThat(made.image()).containsExactly("x:1", "a", "$(A)", "--x");
  }

  @Test
  void an_empty_folder_is_the_same_in_all_containers() {
    var pod =
        only(
            """
            {kind: Pod, metadata: {name: p}, spec: {volumes: [{name: e, emptyDir: {}}], containers: [
              {name: a, image: "x:1", volumeMounts: [{name: e, mountPath: /a}]},
              {name: b, image: "x:1", volumeMounts: [{name: e, mountPath: /b}]}]}}
            """);
    var source = pod.volumes().getFirst().source();
    assertThat(source).matches("[0-9a-f]{64}");
    assertThat(pod.containers().get(0).options()).contains("--volume=" + source + ":/a");
    assertThat(pod.containers().get(1).options()).contains("--volume=" + source + ":/b");
  }

  @Test
  void a_deployment_is_one_pod_and_other_kinds_are_told() {
    var file =
        parse(
            """
            kind: Service
            metadata: {name: s}
            ---
            kind: Deployment
            metadata: {name: d}
            spec:
              replicas: 2
              template:
                spec:
                  hostNetwork: true
                  containers: [{name: c, image: "x:1", lifecycle: {preStop: {}}}]
            ---
            """);
    assertThat(file.pods()).extracting(PlayedPod::name).containsExactly("d-pod");
    assertThat(file.pods().getFirst().onHost()).isTrue();
    assertThat(ignored)
        .containsExactly(
            "f.yaml: document 1: the kind \"Service\" is not played, Pod and Deployment are; it is"
                + " left out",
            "f.yaml: document 2: \"spec.template.spec.containers[0].lifecycle\" is not followed; it"
                + " is left out",
            "f.yaml: document 2: \"spec.replicas\": one pod is made, not 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nodeName: n, tolerations: [{}], nodeSelector: {} | spec.nodeName spec.tolerations
          volumes: [{name: e, emptyDir: {medium: Memory, sizeLimit: 1Mi}}] | spec.volumes[0].emptyDir.medium spec.volumes[0].emptyDir.sizeLimit
          hostPID: false, enableServiceLinks: false        |
          """)
  void what_is_left_out_is_told_by_its_path(String fields, @Nullable String paths) {
    only("{kind: Pod, metadata: {name: p}, spec: {%s, containers: []}}".formatted(fields));
    assertThat(ignored)
        .containsExactlyElementsOf(
            paths == null
                ? List.of()
                : List.of(paths.split(" ")).stream()
                    .map(path -> "f.yaml: \"%s\" is not followed; it is left out".formatted(path))
                    .toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'a: ['                                       | read f.yaml: line 1: while parsing
          'kind: Pod'                                  | read f.yaml: pod does not have a name
          '{kind: 7}'                                  | read f.yaml: "kind": expected a string
          '{kind: Pod, kind: Pod}'                     | Duplicate field 'kind'
          '{kind: &a Pod, metadata: {name: *a}}'       | read f.yaml: line 1: references to other parts of a document are not known here; write *a out
          'kind: Job'                                  | read f.yaml: YAML document does not contain any supported kube kind: Pod and Deployment are
          '{kind: Pod, metadata: {name: p}}'           | read f.yaml: "spec": expected an object
          '{kind: Pod, metadata: {name: a/b}, spec: {}}' | names must match
          'POD restartPolicy: Often}}'                 | restartPolicy "Often": expected Always, OnFailure or Never
          'POD hostPID: true}}'                        | read f.yaml: "spec.hostPID" is not implemented yet; leave it out
          'POD securityContext: {fsGroup: 1}}}'        | read f.yaml: "spec.securityContext.fsGroup" is not implemented yet
          'POD volumes: [{name: v, nfs: {server: s}}]}}' | read f.yaml: "spec.volumes[0].nfs" is not implemented yet
          'POD volumes: [{name: v, hostPath: {path: a}}]}}' | volume "v": hostPath "a": expected an absolute path
          'POD volumes: [{name: v, hostPath: {path: /a, type: X}}]}}' | volume "v": hostPath "/a": the type "X" is not implemented yet
          'POD volumes: [{name: v, persistentVolumeClaim: {claimName: /etc}}]}}' | names must match
          'CTR image: -v}]}}'                          | image "-v": expected the name of an image
          'CTR image: x, env: [{name: A, value: 1}]}]}}' | "spec.containers[0].env[0].value": expected a string
          'CTR image: x, env: [{name: A, valueFrom: {x: 1}}]}]}}' | "spec.containers[0].env[0].valueFrom" is not implemented yet
          'CTR image: x, envFrom: [{x: 1}]}]}}'        | "spec.containers[0].envFrom" is not implemented yet
          'CTR image: x, volumeMounts: [{name: v, mountPath: /m}]}]}}' | volumeMounts "v": expected the name of a volume of the pod
          'CTR image: x, volumeMounts: [{name: v, mountPath: /m, subPath: a}]}]}}' | "spec.containers[0].volumeMounts[0].subPath" is not implemented yet
          'CTR image: x, securityContext: {seLinuxOptions: {type: t}}}]}}' | "spec.containers[0].securityContext.seLinuxOptions" is not implemented yet
          'CTR image: x, securityContext: {runAsNonRoot: true}}]}}' | runAsNonRoot: the user must be named by a number other than 0
          'CTR image: x, securityContext: {runAsGroup: 2}}]}}' | runAsGroup: whose group that is must be named by a number; add runAsUser
          'CTR image: x, securityContext: {seccompProfile: {type: Localhost}}}]}}' | seccompProfile.type "Localhost": expected RuntimeDefault or Unconfined
          'CTR image: x, resources: {limits: {memory: lots}}}]}}' | "lots" is no quantity
          """)
  void what_cannot_be_followed_is_refused(String yaml, String sentence) {
    var text =
        yaml.replace("CTR", "POD containers: [{name: c,")
            .replace("POD", "{kind: Pod, metadata: {name: p}, spec: {");
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(OciException.class)
        .hasMessageContaining(sentence);
  }

  private PlayedPod.PlayedContainer container(String fields) {
    return only("{kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: \"x:1\", %s}]}}"
            .formatted(fields))
        .containers()
        .getFirst();
  }

  private PlayedPod only(String yaml) {
    var pods = parse(yaml).pods();
    assertThat(pods).hasSize(1);
    return pods.getFirst();
  }

  private KubeFile parse(String yaml) {
    return KubeFile.parse(yaml.getBytes(UTF_8), "f.yaml", ignored::add);
  }
}
