package dev.ocij.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.layer.UnpackRules.Ownership;
import dev.ocij.layer.UnpackRules.Whiteouts;
import dev.ocij.linux.Directory;
import dev.ocij.linux.FileStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackedFoldersTest {
  private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000);

  @TempDir Path folder;
  private StackedFolders stack;

  @BeforeEach
  void fill() throws IOException {
    var lower = Files.createDirectories(folder.resolve("lower"));
    Files.createDirectories(lower.resolve("etc/sub"));
    Files.writeString(lower.resolve("etc/passwd"), "old");
    Files.writeString(lower.resolve("etc/group"), "groups");
    Files.writeString(lower.resolve("etc/sub/hidden"), "x");
    Files.createLink(lower.resolve("etc/twin"), lower.resolve("etc/group"));
    Files.createSymbolicLink(lower.resolve("conf"), Path.of("/etc"));
    Files.createSymbolicLink(lower.resolve("out"), Path.of("../../../../etc"));
    var upper = Files.createDirectories(folder.resolve("upper"));
    Files.createDirectories(upper.resolve("etc/sub"));
    Files.writeString(upper.resolve("etc/passwd"), "new");
    Files.setPosixFilePermissions(
        upper.resolve("etc"), PosixFilePermissions.fromString("rwxr-x--x"));
    Files.setLastModifiedTime(upper.resolve("etc/passwd"), LONG_AGO);
    try (var etc = Directory.open(upper.resolve("etc"))) {
      etc.setXattr("sub", "user.overlay.opaque", "y".getBytes(StandardCharsets.UTF_8));
    }
    stack =
        new StackedFolders(
            List.of(upper, lower), new UnpackRules(Whiteouts.USER_OVERLAY, Ownership.RECORDED));
  }

  @Test
  void shows_the_topmost_and_hides_what_marks_hide() {
    assertThat(stack.read("/etc/passwd")).contains("new");
    assertThat(stack.read("/etc/group")).contains("groups");
    assertThat(stack.read("/etc/sub/hidden")).isEmpty();
    assertThat(stack.read("/etc")).isEmpty();
  }

  @Test
  void a_removed_name_is_not_there() throws IOException {
    try (var etc = Directory.open(folder.resolve("upper/etc"))) {
      etc.createNode("group", FileStatus.CHARACTER, 0, 0);
    }
    assertThat(stack.read("/etc/group")).isEmpty();
  }

  @Test
  void follows_links_and_never_out() {
    assertThat(stack.read("/conf/passwd")).contains("new");
    assertThat(stack.read("/out/passwd")).contains("new");
    assertThat(stack.read("/out/hostname")).isEmpty();
  }

  @Test
  void a_copy_is_what_an_overlay_would_show() throws IOException {
    var copy = Files.createDirectory(folder.resolve("copy"));
    assertThat(stack.copyTo("", copy)).isTrue();
    assertThat(copy.resolve("etc/passwd")).hasContent("new");
    assertThat(Files.getLastModifiedTime(copy.resolve("etc/passwd"))).isEqualTo(LONG_AGO);
    assertThat(copy.resolve("etc/sub")).isEmptyDirectory();
    assertThat(Files.getPosixFilePermissions(copy.resolve("etc")))
        .isEqualTo(PosixFilePermissions.fromString("rwxr-x--x"));
    assertThat(Files.getAttribute(copy.resolve("etc/twin"), "unix:ino"))
        .isEqualTo(Files.getAttribute(copy.resolve("etc/group"), "unix:ino"));
    assertThat(Files.readSymbolicLink(copy.resolve("conf"))).isEqualTo(Path.of("/etc"));
  }

  @Test
  void a_part_can_be_copied() throws IOException {
    var copy = Files.createDirectory(folder.resolve("copy"));
    assertThat(stack.copyTo("etc", copy)).isTrue();
    assertThat(copy.resolve("passwd")).hasContent("new");
    assertThat(stack.copyTo("conf", copy)).isFalse();
  }
}
