package dev.ocij.skopeo.cli;

import dev.ocij.testing.DockerDaemon;
import dev.ocij.testing.DockerRegistry;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What both sides of a comparison read: a plain registry, one with TLS and a password, a Docker
/// daemon, and a folder with images in every form, all made by skopeo.
record SharedPlaces(Path folder, String host, String tls, String daemon, String digest) {
  static SharedPlaces in(Path folder, DockerRegistry plain, DockerRegistry tls, DockerDaemon daemon)
      throws IOException {
    var start = StartImages.in(folder);
    var certificates = Files.createDirectory(folder.resolve("certs"));
    Files.copy(tls.certificate(), certificates.resolve("ca.crt"));
    Files.writeString(folder.resolve("reject.json"), "{\"default\":[{\"type\":\"reject\"}]}");
    var single = start.oci(StartImages.SINGLE);
    copy(single, "oci:" + folder + "/layout:single");
    copy(start.oci(StartImages.INDEX), "oci:" + folder + "/layout:index");
    copy(single, "dir:" + folder + "/dir");
    copy(single, "oci-archive:" + folder + "/oci.tar:v1");
    copy(single, "docker-archive:" + folder + "/docker.tar:example.com/a/b:v1");
    copy(single, "docker://" + plain.host() + "/app:single");
    copy(start.oci(StartImages.INDEX), "docker://" + plain.host() + "/app:index");
    copy(single, "docker://" + tls.host() + "/app:single", "--dest-creds=ada:secret");
    var digest = Tool.required("skopeo").output("inspect", "--format={{.Digest}}", single).strip();
    return new SharedPlaces(folder, plain.host(), tls.host(), daemon.host(), digest);
  }

  private static void copy(String from, String to, String... more) {
    var all = to.startsWith("docker-archive:") ? List.<String>of() : List.of("--all");
    var line = List.of("--insecure-policy", "copy", "-q", "--dest-tls-verify=false", from, to);
    Tool.required("skopeo")
        .output(
            Stream.of(line.stream(), all.stream(), Stream.of(more))
                .flatMap(words -> words)
                .toArray(String[]::new));
  }
}
