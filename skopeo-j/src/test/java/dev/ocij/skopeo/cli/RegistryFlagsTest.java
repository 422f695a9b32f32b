package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.DockerRegistry;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The flags by which a registry is reached, at one that has TLS by an authority of its own and
/// wants a password.
@Tag("tool")
class RegistryFlagsTest {
  private static DockerRegistry registry;
  private static StartImages start;
  @TempDir private static Path shared;
  @TempDir private Path folder;

  @BeforeAll
  static void a_registry_with_an_index() throws IOException {
    registry = DockerRegistry.setup().tls().password("ada", "secret").open();
    start = StartImages.in(shared);
    var certificates = Files.createDirectory(shared.resolve("certificates"));
    Files.copy(registry.certificate(), certificates.resolve("ca.crt"));
    var login = Base64.getEncoder().encodeToString("ada:secret".getBytes(StandardCharsets.UTF_8));
    Files.writeString(
        shared.resolve("auth.json"),
        "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(registry.host(), login));
    Files.writeString(shared.resolve("new.yaml"), "minVersion: \"1.3\"\n");
    run("--insecure-policy copy -q --all --dcreds=ada:secret --dest-tls-verify=false "
            + start.oci(StartImages.INDEX)
            + " docker://HOST/app:t")
        .succeeded();
  }

  @AfterAll
  static void no_registry() {
    if (registry != null) {
      registry.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "inspect --authfile=FILE --tls-verify=false docker://OPEN/app:t",
        "list-tags --authfile=FILE --tls-verify=false docker://OPEN/app",
        "delete --authfile=FILE --tls-verify=false docker://OPEN/app:u",
        "copy -q --authfile=FILE --src-tls-verify=false docker://OPEN/app:t dir:FOLDER/to",
        "copy -q --dest-authfile=FILE --dest-tls-verify=false START docker://OPEN/app:u",
        "sync --src-authfile=FILE --src-tls-verify=false --src=docker --dest=dir OPEN/app"
            + " FOLDER/all",
      })
  void a_broken_authfile_is_told_also_where_nobody_asks_for_credentials(String line)
      throws IOException {
    Files.writeString(folder.resolve("broken.json"), "{bad");
    try (var open = DockerRegistry.open()) {
      for (var tag : new String[] {"t", "u"}) {
        run("--insecure-policy copy -q --dest-tls-verify=false %s docker://%s/app:%s"
                .formatted(start.oci(StartImages.SINGLE), open.host(), tag))
            .succeeded();
      }
      var typed =
          ("--insecure-policy " + line)
              .replace("OPEN", open.host())
              .replace("START", start.oci(StartImages.SINGLE))
              .replace("FOLDER", folder.toString());
      var broken = folder.resolve("broken.json").toString();
      assertThat(run(typed.replace("FILE", broken)).failed().stderr()).contains(broken);
      run(typed.replace("FILE", folder.resolve("none.json").toString())).succeeded();
    }
  }

  @Test
  void a_broken_authfile_does_not_matter_where_no_registry_is_asked() throws IOException {
    Files.writeString(folder.resolve("broken.json"), "{bad");
    run("inspect --authfile=%s/broken.json %s".formatted(folder, start.oci(StartImages.SINGLE)))
        .succeeded();
    run("inspect --authfile=%s/broken.json --creds=ada:secret --tls-verify=false docker://HOST/app:t"
            .formatted(folder))
        .succeeded();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--creds=ada:secret --cert-dir=DIR/certificates",
        "--creds=ada:secret --tls-verify=false",
        "--username=ada --password=secret --cert-dir=DIR/certificates",
        "--authfile=DIR/auth.json --cert-dir=DIR/certificates",
        "--authfile=DIR/auth.json --tls-verify=false --retry-times=1 --retry-delay=1ms"
      })
  void let_every_command_in(String flags) {
    assertThat(run("inspect " + flags + " docker://HOST/app:t").succeeded().stdout())
        .contains("\"Name\": \"" + registry.host() + "/app\"");
    assertThat(run("list-tags " + flags + " docker://HOST/app").succeeded().stdout())
        .contains("\"t\"");
    run("--insecure-policy copy -q --dest-precompute-digests "
            + destination(flags)
            + start.oci(StartImages.SINGLE)
            + " docker://HOST/gone:t")
        .succeeded();
    run("delete " + flags + " docker://HOST/gone:t").succeeded();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--src-creds=ada:secret --src-cert-dir=DIR/certificates --dest-creds=ada:secret"
            + " --dest-cert-dir=DIR/certificates",
        "--screds=ada:secret --src-tls-verify=false --dcreds=ada:secret --dest-tls-verify=false",
        "--src-username=ada --src-password=secret --dest-username=ada --dest-password=secret"
            + " --src-tls-verify=false --dest-tls-verify=false",
        "--authfile=DIR/auth.json --src-tls-verify=false --dest-cert-dir=DIR/certificates",
        "--src-authfile=DIR/auth.json --dest-authfile=DIR/auth.json --src-tls-verify=false"
            + " --dest-tls-verify=false"
      })
  void let_copy_and_sync_in_at_both_ends(String flags) {
    run("--insecure-policy copy -q " + flags + " docker://HOST/app:t docker://HOST/copied:t")
        .succeeded();
    run("--insecure-policy sync --src=docker --dest=docker " + flags + " HOST/app HOST/synced")
        .succeeded();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--no-creds --tls-verify=false",
        "--creds=ada:wrong --tls-verify=false",
        "--username=ada --password= --tls-verify=false",
        "--registry-token=none --tls-verify=false",
        "--creds=ada:secret",
        "--creds=ada:secret --tls-verify=true"
      })
  void keep_everybody_else_out(String flags) {
    for (var line : new String[] {"inspect ", "list-tags ", "delete "}) {
      var tag = line.startsWith("list") ? "" : ":t";
      var outcome = run(line + flags + " docker://HOST/app" + tag);
      assertThat(outcome.status()).as(outcome.command().toString()).isEqualTo(1);
    }
    assertThat(
            run("inspect --authfile=DIR/auth.json --tls-verify=false docker://HOST/app:t").status())
        .isZero();
  }

  @Test
  void limit_tls_and_name_the_program() {
    var rest = " inspect --authfile=DIR/auth.json --tls-verify=false docker://HOST/app:t";
    run("--tls-details=DIR/new.yaml --user-agent-prefix=mine --tmpdir=DIR" + rest).succeeded();
  }

  @Test
  void choose_among_platforms() {
    var rest = " inspect --authfile=DIR/auth.json --tls-verify=false docker://HOST/app:t";
    run("--override-os=linux --override-arch=amd64" + rest).succeeded();
    assertThat(run("--override-os=windows" + rest).failed().stderr()).contains("windows");
    assertThat(run("--override-arch=arm --override-variant=v7" + rest).failed().stderr())
        .contains("arm");
  }

  @Test
  void share_blobs_between_layouts() {
    var flags = "--src-authfile=DIR/auth.json --src-tls-verify=false";
    var layout = "oci:" + folder + "/layout:t";
    var blobs = "shared-blob-dir=" + folder + "/blobs ";
    run("--insecure-policy copy -q --dest-" + blobs + flags + " docker://HOST/app:t " + layout)
        .succeeded();
    assertThat(folder.resolve("blobs/sha256")).isNotEmptyDirectory();
    run("inspect --" + blobs + layout).succeeded();
    run("--insecure-policy copy -q --src-" + blobs + layout + " dir:" + folder + "/dir")
        .succeeded();
    Tool.required("skopeo")
        .output(
            ("--insecure-policy copy -q --src-" + blobs + layout + " dir:" + folder + "/theirs")
                .split(" "));
  }

  @Test
  void keep_a_login_in_the_file_of_docker() throws IOException {
    var file = folder.resolve("config.json");
    run("login --compat-auth-file=%s --cert-dir=DIR/certificates -u ada -p secret HOST"
            .formatted(file))
        .succeeded();
    assertThat(Files.readString(file)).contains(registry.host());
    run("logout --compat-auth-file=%s HOST".formatted(file)).succeeded();
    assertThat(Files.readString(file)).doesNotContain(registry.host());
  }

  /// The same flags for the end that is written to.
  private static String destination(String flags) {
    return flags.replaceAll("--(creds|username|password|cert-dir|tls-verify)", "--dest-$1") + " ";
  }

  private static Outcome run(String line) {
    return SkopeoLine.run(
        line.replace("HOST", registry.host()).replace("DIR", shared.toString()).split(" "));
  }
}
