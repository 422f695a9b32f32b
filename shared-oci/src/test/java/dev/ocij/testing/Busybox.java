package dev.ocij.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// A whole user land from one file, Debian's static busybox: the base image of tests that must not
/// need a network.
///
/// What is made of it is the same, byte for byte, each time.
public final class Busybox {

  private static final String PASSWD =
      """
      root:x:0:0:root:/root:/bin/sh
      daemon:x:1:1:daemon:/:/bin/false
      someone:x:1000:1000:someone:/home/someone:/bin/sh
      nobody:x:65534:65534:nobody:/:/bin/false
      """;
  private static final String GROUP =
      """
      root:x:0:
      daemon:x:1:
      staff:x:50:someone
      someone:x:1000:
      nogroup:x:65534:
      """;

  private final Tool program;

  private Busybox(Tool program) {
    this.program = program;
  }

  /// The installed busybox; a test on a machine without it is skipped.
  public static Busybox required() {
    return new Busybox(Tool.required("busybox"));
  }

  /// The static executable itself.
  public Path program() {
    return program.program();
  }

  /// The names that busybox answers to, such as `sh` and `ls`.
  public List<String> applets() {
    return program.output("--list").lines().filter(name -> !name.equals("busybox")).toList();
  }

  /// Fills `folder` with a root file system: busybox in `/bin` with a link for each applet, users,
  /// and empty folders.
  public void writeRootfs(Path folder) {
    try {
      for (var directory :
          List.of("bin", "dev", "etc", "home/someone", "proc", "root", "sys", "tmp", "var")) {
        Files.createDirectories(folder.resolve(directory));
      }
      Files.setPosixFilePermissions(
          folder.resolve("tmp"), PosixFilePermissions.fromString("rwxrwxrwx"));
      Files.copy(program(), folder.resolve("bin/busybox"));
      for (var applet : applets()) {
        Files.createSymbolicLink(folder.resolve("bin").resolve(applet), Path.of("busybox"));
      }
      Files.writeString(folder.resolve("etc/passwd"), PASSWD);
      Files.writeString(folder.resolve("etc/group"), GROUP);
    } catch (IOException e) {
      throw new UncheckedIOException("write a busybox root file system to " + folder, e);
    }
  }

  /// The same root file system as an uncompressed layer.
  public byte[] layer() {
    try {
      var tar = new TarText();
      for (var directory :
          List.of(
              "bin/", "dev/", "etc/", "home/", "home/someone/", "proc/", "root/", "sys/", "var/")) {
        tar.directory(directory, 0755);
      }
      tar.directory("tmp/", 01777);
      tar.file("bin/busybox", 0755, Files.readAllBytes(program()));
      for (var applet : applets()) {
        tar.link("bin/" + applet, "busybox");
      }
      tar.file("etc/passwd", 0644, PASSWD.getBytes(UTF_8));
      tar.file("etc/group", 0644, GROUP.getBytes(UTF_8));
      return tar.bytes();
    } catch (IOException e) {
      throw new UncheckedIOException("write a busybox layer", e);
    }
  }

  /// Writes an OCI layout to the folder `to` that holds an image of one plain layer, called `name`
  /// there: other tools read it as `oci:FOLDER:NAME`. Its command is `sh`, its PATH `/bin`.
  public void writeLayout(Path to, String name) {
    OciLayoutText.write(to, name, layer());
  }
}
