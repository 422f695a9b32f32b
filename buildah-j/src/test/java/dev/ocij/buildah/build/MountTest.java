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
import org.junit.jupiter.api.Timeout;
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

  /// Whatever a command does to what it is shown, by whatever user and option.
  @Test
  void a_context_that_is_bound_stays_byte_for_byte() throws IOException {
    var context = folder.resolve("context");
    Files.createDirectories(context.resolve("d/e"));
    Files.writeString(context.resolve("d/e/f"), "deep");
    Files.createLink(context.resolve("d/same"), context.resolve("file"));
    Files.createSymbolicLink(context.resolve("d/link"), Path.of("../file"));
    var spoil =
        "cd /c && echo x >>file && rm -r d/e && chmod 777 . && chown 5:5 file d && mkdir new"
            + " && ln -sf /etc/passwd d/link && mv file moved && echo spoilt";
    containerfile(
        "RUN --mount=target=/c,rw " + spoil,
        "RUN --mount=target=/c,rw,U,bind-propagation=rshared " + spoil,
        "USER 7:8",
        "RUN --mount=target=/c,rw,U echo x >>/c/file; rm -r /c/d; touch /c/new; true");
    var before = listing(context);
    assertThat(build("--no-cache").succeeded().stdout().lines().filter("spoilt"::equals))
        .hasSize(2);
    assertThat(listing(context)).isEqualTo(before);
  }

  /// Each file with its kind, mode, owner, time and content.
  private static String listing(Path tree) {
    var script =
        "cd \"$1\" && find . -printf '%p %y %m %U:%G %T@ %l %n\\n' | sort"
            + " && find . -type f -exec sha256sum {} + | sort";
    return Tool.required("sh").output("-c", script, "sh", tree.toString());
  }

  @Test
  void a_secret_of_a_step_that_fails_is_told_nowhere() throws IOException {
    containerfile(
        "RUN --mount=type=secret,id=s --mount=type=secret,id=e,env=LENT"
            + " cat /run/secrets/s >/dev/null; test \"$LENT\" = variable && cp /run/secrets/s /kept"
            + " && exit 7");
    var file = secret("lent-a-secret");
    var outcome = build("-t", "x", "--secret=id=s,src=" + file, "--secret=id=e,env=SECRET");
    assertThat(outcome.status()).isEqualTo(7);
    assertThat(outcome.stdout() + outcome.stderr()).doesNotContain("lent-a-secret", "variable\n");
    var search = Tool.required("grep").run("-rlaE", "lent-a-secret|^variable$", store());
    assertThat(search.stdout()).isEmpty();
    assertThat(Tool.required("sh").output("-c", "mount | grep -c \"$1\"; true", "sh", store()))
        .isEqualTo("0\n");
  }

  /// What was made to mount on is removed again: where the command left it, and nowhere else.
  @Test
  void a_command_that_moves_what_was_mounted_on_removes_nothing_of_the_host() throws IOException {
    var outside = Files.createDirectory(folder.resolve("outside"));
    Files.createDirectory(outside.resolve("empty"));
    Files.createFile(outside.resolve("file"));
    for (var mount : List.of("type=tmpfs,target=/m/empty", "type=secret,id=s,target=/m/file")) {
      for (var way : List.of(outside.toString(), "/../../../../.." + outside)) {
        containerfile(
            "RUN --mount=%s mv /m /n && ln -s %s /m; true".formatted(mount, way),
            "RUN --mount=%s umount /m/empty; rm -rf /m; ln -s %s /m; true".formatted(mount, way));
        build("--no-cache", "--secret=id=s,src=" + secret("x"));
        assertThat(listing(outside).lines().map(line -> line.split(" ")[0]))
            .contains(".", "./empty", "./file");
      }
    }
  }

  /// A cache that stages share at the same time: one swaps a folder for a link to one of the host,
  /// others have mounts below it and begin caches with it.
  @Test
  @Timeout(240)
  void a_stage_that_swaps_what_others_mount_on_gets_nothing_out() throws IOException {
    var outside = Files.createDirectory(folder.resolve("outside"));
    Files.writeString(outside.resolve("secret"), "host-secret");
    var base = folder.resolve("base");
    var text = new StringBuilder();
    var swap =
        "i=0; while [ $i -lt 3000 ] && [ ! -e /c/over ]; do i=$((i+1)); rm -rf /c/d;"
            + " ln -s /../../../../../../..%s /c/d; rm -f /c/d; mkdir -p /c/d; done"
                .formatted(outside);
    text.append("FROM oci:%s:base AS swaps\n".formatted(base))
        .append("RUN --mount=type=cache,id=c,target=/c %s; touch /swapped\n".formatted(swap));
    for (int i = 0; i < 3; i++) {
      text.append("FROM oci:%s:base AS s%d\n".formatted(base, i));
      for (int j = 0; j < 5; j++) {
        text.append(
            "RUN --mount=type=cache,id=c,target=/c --mount=type=tmpfs,target=/c/d/m%1$d%2$d"
                    .formatted(i, j)
                + " --mount=type=secret,id=s,target=/c/d/s%d%d,required".formatted(i, j)
                + " cat /c/d/secret; ls /c/d >/dev/null; true\n");
      }
      text.append("RUN --mount=type=cache,id=c,target=/c touch /c/over\n");
    }
    text.append("FROM scratch\n");
    for (var stage : List.of("swaps", "s0", "s1", "s2")) {
      text.append("COPY --from=%s /bin/busybox /%s\n".formatted(stage, stage));
    }
    Files.writeString(folder.resolve("context/Containerfile"), text);
    // Whom the swap takes the place from fails, and ends the build.
    for (int i = 0; i < 5; i++) {
      var outcome = build("--jobs=4", "--no-cache", "--secret=id=s,src=" + secret("x"));
      assertThat(outcome.stdout() + outcome.stderr()).doesNotContain("host-secret");
      assertThat(outside.toFile().list()).containsExactly("secret");
    }
    assertThat(Tool.required("grep").run("-rla", "host-secret", store()).stdout()).isEmpty();
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
