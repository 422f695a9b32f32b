package dev.ocij.buildah.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Launcher;
import dev.ocij.testing.OrdinaryUser;
import dev.ocij.testing.Require;
import dev.ocij.testing.TemporaryFolder;
import dev.ocij.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A real distribution, made on the spot from its packages, as a base.
@Tag("namespace")
@Tag("tool")
@Tag("root")
@Tag("distribution")
class DebianTest {
  @AutoClose private static TemporaryFolder base;

  @BeforeAll
  static void prepare() throws IOException {
    Require.root();
    base = TemporaryFolder.create("debian");
    writeBase(base.path());
  }

  @Test
  void gives_the_same_image_as_buildah() throws IOException {
    var start = Instant.now().minusSeconds(1);
    try (var builders = Builders.open()) {
      builders.addBase(base.path(), Example.DEBIAN);
      assertThat(Differences.of(new Example("debian"), builders, start)).isEmpty();
    }
  }

  @Test
  void a_package_is_installed_with_one_id_as_with_many() throws IOException {
    try (var one = OrdinaryUser.withoutSubordinateIds();
        var many = OrdinaryUser.withSubordinateIds()) {
      var layers = installed(one);
      assertThat(layers).isEqualTo(installed(many));
      assertThat(layers)
          .contains("33/33", "0/8", "-rwsr-xr-x 999/999")
          .containsPattern("lrwxrwxrwx 999/999 .* var/lib/app/data/sub/link -> file");
    }
  }

  /// What apt adds to the image: a listing of its layers.
  private static String installed(OrdinaryUser user) throws IOException {
    var home = user.home();
    copy(Launcher.BUILDAH_J.distribution(), home.resolve("dist"));
    copy(base.path().resolve("base.tar"), home.resolve("base.tar"));
    writePackage(home.resolve("deb"));
    Tool.required("dpkg-deb")
        .with("--build", home.resolve("deb").toString())
        .with(Map.of("SOURCE_DATE_EPOCH", "1")) // its size would be another each second
        .outcome()
        .succeeded();
    Files.writeString(
        home.resolve("Containerfile"),
        """
        FROM scratch
        ADD base.tar /
        COPY deb.deb /
        RUN apt-get install -y /deb.deb && rm -rf /var/log/* /var/cache /var/lib/apt
        """);
    Tool.required("chown").run("-R", user.name() + ":", home.toString()).succeeded();
    user.with("dist/bin/buildah-j", "build", "--timestamp=1", "-t", "oci:image:x", ".")
        .within(Duration.ofMinutes(4))
        .outcome()
        .succeeded();
    return Tool.required("sh")
        .output(
            "-c",
            "cd '%s/image/blobs/sha256' && for f in $(ls -S | sed 1d); do tar --numeric-owner -tvf $f 2>/dev/null; done; true"
                .formatted(home));
  }

  /// A package with files of several owners, which makes a user and works as that user.
  private static void writePackage(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("DEBIAN"));
    Files.createDirectories(folder.resolve("srv/app"));
    Files.createDirectories(folder.resolve("usr/bin"));
    Files.writeString(folder.resolve("srv/app/a"), "a\n");
    Files.writeString(folder.resolve("usr/bin/owned"), "#!/bin/sh\n");
    Files.writeString(
        folder.resolve("DEBIAN/control"),
        """
        Package: owned
        Version: 1
        Architecture: all
        Maintainer: none <none@example.com>
        Description: files of several owners
        """);
    var script = folder.resolve("DEBIAN/postinst");
    Files.writeString(
        script,
        """
        #!/bin/sh
        set -e
        useradd -r app
        install -d -o app -g app -m 2750 /var/lib/app /var/lib/app/data
        su -s /bin/sh app -c 'cd /var/lib/app/data; mkdir sub; echo x >sub/x; ln -s file sub/link; mkfifo p'
        chown app: /usr/bin/owned
        chmod 4755 /usr/bin/owned
        echo mail >/var/mail/box
        """);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    Tool.required("chown").run("-R", "33:33", folder.resolve("srv/app").toString()).succeeded();
    Tool.required("chown").run("0:8", folder.resolve("srv").toString()).succeeded();
  }

  private static void copy(Path from, Path to) {
    Tool.required("cp").run("-r", from.toString(), to.toString()).succeeded();
  }

  /// A build context whose image is what debootstrap makes.
  private static void writeBase(Path folder) throws IOException {
    var root = folder.resolve("root").toString();
    Tool.required("debootstrap")
        .with("--variant=minbase", "bookworm", root)
        .within(Duration.ofMinutes(8))
        .outcome()
        .succeeded();
    Tool.required("tar")
        .run("-C", root, "--one-file-system", "-cf", folder.resolve("base.tar").toString(), ".")
        .succeeded();
    Files.writeString(folder.resolve("Containerfile"), "FROM scratch\nADD base.tar /\n");
    Files.writeString(folder.resolve(".containerignore"), "root\n");
  }
}
