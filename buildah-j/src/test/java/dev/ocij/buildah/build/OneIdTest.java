package dev.ocij.buildah.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Busybox;
import dev.ocij.testing.Launcher;
import dev.ocij.testing.OrdinaryUser;
import dev.ocij.testing.Require;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A user whose namespace has one id builds the same image as one whose namespace has many.
@Tag("distribution")
@Tag("namespace")
@Tag("root")
class OneIdTest {
  private static OrdinaryUser one;
  private static OrdinaryUser many;

  @BeforeAll
  static void prepare() {
    Require.root(); // for two users
    one = OrdinaryUser.withoutSubordinateIds();
    many = OrdinaryUser.withSubordinateIds();
    for (var user : List.of(one, many)) {
      Busybox.required().writeLayout(user.home().resolve("base"), "base");
      Tool.required("cp")
          .run(
              "-r",
              Launcher.BUILDAH_J.distribution().toString(),
              user.home().resolve("dist").toString())
          .succeeded();
      Tool.required("chown").run("-R", user.name() + ":", user.home().toString()).succeeded();
    }
  }

  @AfterAll
  static void close() {
    if (one != null) {
      one.close();
    }
    if (many != null) {
      many.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RUN touch /f && chown 33:8 /f && chown 5 /f && test $(stat -c %u:%g /f) = 5:8",
        "RUN chmod 4755 /bin/busybox && chown 7 /bin/busybox && stat -c %a /bin/busybox >/mode",
        "RUN chown 33 /etc/passwd && cp -a /etc /copy && chown -R 0:0 /etc",
        "RUN mkdir /d && chown someone:staff /d && chmod 2750 /d && mkdir /d/e && touch /d/f && id"
            + " >/d/id",
        "RUN ln -s x /l && chown -h 7:8 /l && mv /l /m && mkfifo /p && chown 9 /p && ln /p /q",
        "RUN mkdir /a && ln -s x /a/l && mkfifo /a/p && chown -hR 9:9 /a;"
            + "RUN cp -a /a /b && touch -h /a/l && rm /a/p && mkfifo /a/p;"
            + "RUN stat -c %u /a/l /a/p /b/l /b/p >/found",
        "RUN ln -s x /l && chown -h 9 /l; RUN ln -sf y /l; RUN stat -c %u /l >/found",
        "RUN mkdir -m 777 /w && su someone -c 'umask 027; cd /w; mkdir d d/e; echo x >f; set -C;"
            + " echo y >g; ln -s f l; mkfifo p; id -u; chown 0 f; test ! -e h && echo z >>h' >/who",
        "USER someone:staff;WORKDIR /home/someone/work;RUN id >me && stat -c %u:%g . me >>me",
        "USER 4711:4712;RUN id -u >/tmp/me && id -G >>/tmp/me",
        "RUN cd /tmp && mkdir -p x/y && ln -s /tmp/x/y abs && ln -s ../../../etc x/y/up && cd x &&"
            + " chown 3 y/up/group ../abs && chown 4 ../x/y/../../x/./y && stat -c %u /etc/group y"
            + " >/found",
        "RUN cd /tmp && mkdir jail && cp /bin/busybox jail && ln -s busybox jail/chown && touch"
            + " jail/f && ln -s /f jail/l && chroot jail /chown 3:4 /l && stat -c %u:%g jail/f >f2",
        "RUN --mount=type=tmpfs,target=/t touch /t/f && chown 5 /t/f && cp -p /t/f /f",
      })
  void gives_the_same_image(String lines) throws IOException {
    assertThat(build(one, lines)).isEqualTo(build(many, lines)).hasSize(64 + 1);
  }

  @Test
  void devices_are_made_in_the_record() throws IOException {
    var text = "RUN mknod -m 640 /sda b 8 0 && chown 0:6 /sda && mknod /tty c 5 0;RUN test -b /sda";
    write(one, text);
    var tar = one.home().resolve("devices.tar").toString();
    build(one, List.of("-o", "type=tar,dest=" + tar));
    assertThat(Tool.required("tar").output("--numeric-owner", "-tvf", tar, "sda", "tty").lines())
        .satisfiesExactly(
            block -> assertThat(block).startsWith("brw-r----- 0/6").contains(" 8,0 "),
            character -> assertThat(character).startsWith("crw-r--r-- 0/0").contains(" 5,0 "));
  }

  /// @param lines with semicolons where instructions end, before the next keyword
  private static String build(OrdinaryUser user, String lines) throws IOException {
    write(user, lines);
    return build(user, List.of("-q", "-t", "same"));
  }

  private static void write(OrdinaryUser user, String lines) throws IOException {
    var text = String.join("\n", lines.split("; ?(?=RUN|WORKDIR)"));
    Files.writeString(
        user.home().resolve("Containerfile"), "FROM oci:base:base\n%s\n".formatted(text));
  }

  private static String build(OrdinaryUser user, List<String> options) {
    var line =
        Stream.of(
                List.of("dist/bin/buildah-j", "--root", "store", "build", "--timestamp", "1"),
                options,
                List.of("--no-cache", "-f", "Containerfile", "base"))
            .flatMap(List::stream)
            .toArray(String[]::new);
    return user.run(line).succeeded().stdout();
  }
}
