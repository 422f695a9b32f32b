package dev.ocij.buildah.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Busybox;
import dev.ocij.testing.Launcher;
import dev.ocij.testing.OrdinaryUser;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.Require;
import dev.ocij.testing.Run;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `RUN --mount`, by the launcher, as root and as ordinary users.
@Tag("root")
@Tag("tool")
@Tag("namespace")
@Tag("distribution")
class MountTest {
  @TempDir private Path folder;

  @BeforeEach
  void prepare() throws IOException {
    Require.root();
    Busybox.required().writeLayout(folder.resolve("base"), "base");
    Files.createDirectory(folder.resolve("context"));
    Files.writeString(folder.resolve("context/file"), "one");
  }

  @AfterEach
  void remove() {
    Tool.required("rm").run("-rf", folder.resolve("store").toString()).succeeded();
  }

  @Test
  void nothing_of_a_mount_is_in_the_layer() throws IOException {
    containerfile(
        "RUN mkdir /deep",
        "RUN --mount=target=/deep/er/context --mount=type=cache,target=/deep/cache"
            + " --mount=type=tmpfs,target=/memory --mount=type=secret,id=s,target=/deep/s"
            + " test -f /deep/er/context/file && echo kept >/deep/cache/file",
        "RUN test ! -e /deep/er -a ! -e /deep/cache -a ! -e /deep/s -a ! -e /memory",
        "RUN --mount=target=/deep/er echo new >/deep/new");
    build("--secret=id=s,src=" + secret("secret"), "-t", "dir:" + folder.resolve("out"))
        .succeeded();
    assertThat(layers()).containsExactly("deep/", "deep/ deep/new");
  }

  /// What people write who build with buildah or podman.
  @Test
  void options_of_buildah_are_known() throws IOException {
    Files.createDirectory(folder.resolve("context/d"));
    Files.writeString(folder.resolve("context/d/f"), "");
    containerfile(
        "USER 7:8",
        "RUN --mount=type=bind,source=d,target=/m,U,Z,bind-propagation=rprivate stat -c %u:%g /m/f",
        "RUN --mount=type=cache,target=/m,U,id=given touch /m/mine && stat -c %u-%g /m/mine",
        "RUN --mount=type=tmpfs,target=/m,tmpfs-size=1m,tmpfs-mode=0700 stat -c =%a /m;"
            + " df -k /m | awk 'END { print $2 }'");
    assertThat(build().succeeded().stdout().lines()).contains("7:8", "7-8", "=700", "1024");
  }

  @Test
  void a_step_is_done_again_where_a_bound_file_changes_and_not_where_a_secret_does()
      throws IOException {
    containerfile(
        "RUN --mount=source=file,target=/bound cat /bound",
        "RUN --mount=type=secret,id=s cat /run/secrets/s");
    assertThat(build("--secret=id=s,src=" + secret("lent-qfirst")).succeeded().stdout())
        .contains("one", "lent-qfirst");
    var again = build("--secret=id=s,src=" + secret("lent-qsecond")).succeeded();
    assertThat(again.stdout())
        .doesNotContain("lent-qsecond")
        .containsPattern("Using cache(?s:.*)Using");
    Files.writeString(folder.resolve("context/file"), "other");
    assertThat(build("--secret=id=s,src=" + secret("lent-qthird")).succeeded().stdout())
        .contains("other", "lent-qthird");
    assertThat(Tool.required("grep").run("-rl", "lent-q", store()).stdout()).isEmpty();
  }

  @Test
  void a_secret_is_for_its_owner_alone_and_may_be_a_variable() throws IOException {
    containerfile(
        "RUN --mount=type=secret,id=s,uid=7,gid=8,mode=0440 stat -c %a:%u:%g /run/secrets/s",
        "RUN --mount=type=secret,id=s stat -c =%a:%u:%g /run/secrets/s",
        "RUN --mount=type=secret,id=e,env=LENT test ! -e /run/secrets/e && echo is-$LENT",
        "RUN --mount=type=secret,id=HOME,target=/home-is,env=H test $(cat /home-is) = $H");
    var outcome =
        build("--secret=id=s,src=" + secret("x"), "--secret=id=e,env=SECRET", "--secret=id=HOME")
            .succeeded();
    assertThat(outcome.stdout()).contains("440:7:8\n", "=400:0:0\n", "is-variable\n");
  }

  @Test
  void a_cache_is_found_again_and_begins_with_what_is_asked_for() throws IOException {
    containerfile(
        "RUN --mount=type=cache,target=/c,uid=3,gid=4,mode=0750 stat -c %a:%u:%g /c && touch /c/a",
        "RUN --mount=type=cache,id=/c,target=/d,sharing=private,ro ls /d && ! touch /d/x",
        "RUN --mount=type=cache,target=/e,from=oci:%s:base,source=/etc ls /e"
            .formatted(folder.resolve("base")));
    assertThat(build().succeeded().stdout()).contains("750:3:4\n", "\na\n", "passwd\n");
    assertThat(build("--no-cache").succeeded().stdout()).contains("\na\n");
  }

  @Test
  void what_is_written_to_a_bound_folder_is_gone() throws IOException {
    containerfile(
        "RUN --mount=target=/c ! touch /c/new",
        "RUN --mount=target=/c,rw echo two >/c/file && cat /c/file",
        "RUN --mount=target=/c cat /c/file");
    assertThat(build().succeeded().stdout()).contains("\ntwo\n", "\none");
    assertThat(folder.resolve("context/file")).hasContent("one");
  }

  @Test
  void an_agent_can_be_spoken_to() throws IOException {
    containerfile(
        "RUN --mount=type=ssh,required echo $SSH_AUTH_SOCK && test -S $SSH_AUTH_SOCK",
        "RUN --mount=type=ssh,id=other,target=/a echo $SSH_AUTH_SOCK && test -S /a",
        "RUN --mount=type=ssh,mode=0666,uid=3,gid=4,target=/b stat -c %a:%u:%g /b",
        "RUN --mount=type=ssh,id=none echo -$SSH_AUTH_SOCK");
    var socket = folder.resolve("agent");
    try (var agent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      agent.bind(UnixDomainSocketAddress.of(socket));
      assertThat(build("--ssh=default=" + socket, "--ssh=other=" + socket).succeeded().stdout())
          .contains("\n/run/buildkit/ssh_agent.0\n", "\n/a\n", "\n-\n", "\n666:3:4\n");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          type=secret,id=s,required     | the caller gave none with the id \\"s\\"; build with --secret id=s,src=FILE
          type=ssh,required             | the caller gave none with the id \\"default\\"; build with --ssh default=SOCKET
          source=nosuch,target=/x       | mount of type bind: no \\"nosuch\\" in the build context
          source=../../etc,target=/x    | mount of type bind: no \\"../../etc\\" in the build context
          type=cache,target=/x,source=a | mount of type cache: no \\"a\\" in scratch
          target=/                      | mount on /; name a place below the root
          """)
  void says_what_is_missing(String mount, String message) throws IOException {
    containerfile("RUN --mount=%s true".formatted(mount));
    var outcome = build().failed();
    assertThat(outcome.stderr()).contains("Error: ", message.replace("\\\"", "\""));
    assertThat(folder.resolve("store/containers"))
        .satisfiesAnyOf(
            containers -> assertThat(containers).doesNotExist(),
            containers -> assertThat(containers.toFile().list()).containsExactly(".lock"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ordinary_users_have_mounts_too(boolean subordinate) throws IOException {
    containerfile(
        "RUN --mount=target=/c --mount=type=secret,id=HOME --mount=type=cache,target=/d"
            + " --mount=type=tmpfs,target=/e cat /c/file /run/secrets/HOME && touch /d/x /e/x",
        "RUN --mount=type=cache,target=/d ls /d",
        "RUN <<X\n#!/bin/sh\necho by $0; touch /made\nX");
    try (var user =
        subordinate ? OrdinaryUser.withSubordinateIds() : OrdinaryUser.withoutSubordinateIds()) {
      var home = user.home().toString();
      for (var each : List.of(folder + "/context", folder + "/base", distribution().toString())) {
        Tool.required("cp").run("-r", each, home).succeeded();
      }
      var file = user.home().resolve("context/Containerfile");
      Files.writeString(file, Files.readString(file).replace(folder.toString(), home));
      Tool.required("chown").run("-R", user.name() + ":", home).succeeded();
      var line = List.of("/bin/buildah-j", "--root", home + "/store", "build");
      var outcome =
          user.run(
                  home + "/" + distribution().getFileName() + line.getFirst(),
                  line.get(1),
                  line.get(2),
                  line.get(3),
                  "--secret=id=HOME",
                  home + "/context")
              .succeeded();
      assertThat(outcome.stdout()).contains("one" + home, "\nx\n", "\nby /dev/pipes/X\n");
    }
  }

  private static Path distribution() {
    return Launcher.BUILDAH_J.distribution();
  }

  /// The names in the layers behind those of the base.
  private List<String> layers() throws IOException {
    var manifest =
        dev.ocij.spec.Json.readTree(
            Files.readAllBytes(folder.resolve("out/manifest.json")), "manifest");
    var layers = new ArrayList<String>();
    for (var layer : manifest.path("layers")) {
      var file = folder.resolve("out").resolve(layer.path("digest").asText().substring(7));
      layers.add(Tool.required("tar").output("tf", file.toString()).strip().replace("\n", " "));
    }
    return layers.subList(1, layers.size());
  }

  private Outcome build(String... options) {
    var line = new ArrayList<>(List.of(Launcher.BUILDAH_J.script().toString()));
    line.addAll(List.of("--root", store(), "build"));
    line.addAll(List.of(options));
    line.add(folder.resolve("context").toString());
    return Run.of(line).with(Map.of("SECRET", "variable")).outcome();
  }

  private String secret(String content) throws IOException {
    return Files.writeString(folder.resolve("secret"), content).toString();
  }

  private String store() {
    return folder.resolve("store").toString();
  }

  private void containerfile(String... steps) throws IOException {
    var text = "FROM oci:%s:base\n%s\n".formatted(folder.resolve("base"), String.join("\n", steps));
    Files.writeString(folder.resolve("context/Containerfile"), text);
  }
}
