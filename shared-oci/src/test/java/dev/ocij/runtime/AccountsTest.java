package dev.ocij.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountsTest {
  private static final Map<String, String> FILES =
      Map.of(
          "/etc/passwd",
          """
          root:x:0:0:root:/root:/bin/sh
          broken line
          app:x:1000:1000::/home/app:/bin/sh
          12:x:99:98::/home/twelve:
          """,
          "/etc/group",
          """
          root:x:0:
          wheel:x:10:root,app
          app:x:1000:
          """);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''        | 0    | 0    | 0,10    | /root
          root      | 0    | 0    | 0,10    | /root
          app       | 1000 | 1000 | 1000,10 | /home/app
          1000      | 1000 | 1000 | 1000,10 | /home/app
          app:wheel | 1000 | 10   | 10      | /home/app
          app:7     | 1000 | 7    | 7       | /home/app
          app:      | 1000 | 1000 | 1000,10 | /home/app
          :wheel    | 0    | 10   | 10      | /root
          4711      | 4711 | 0    | 0       | /
          12        | 99   | 98   | 98      | /home/twelve
          """)
  void a_name_becomes_ids(String name, int uid, int gid, String groups, String home) {
    var account = accounts(FILES).find(name, List.of(), null);
    var ids = List.of(groups.split(",")).stream().map(Integer::valueOf).toList();
    assertThat(account.user()).isEqualTo(new User(uid, gid, ids, null));
    assertThat(account.home()).isEqualTo(home);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          nobody,  find user "nobody": no matching entries in /etc/passwd of the image
          app:nope, find group "nope": no matching entries in /etc/group of the image
          -1,      find user "-1": no matching entries in /etc/passwd of the image
          """)
  void unknown_names_are_refused(String name, String message) {
    assertThatThrownBy(() -> accounts(FILES).find(name, List.of(), null)).hasMessage(message);
  }

  @Test
  void an_image_without_users_has_numbers() {
    assertThat(accounts(Map.of()).find("5:6", List.of("7"), null).user())
        .isEqualTo(new User(5, 6, List.of(6, 7), null));
  }

  @Test
  void a_link_that_leads_out_is_followed_inside(@TempDir Path folder) throws IOException {
    var rootfs = folder.resolve("rootfs");
    Files.createDirectories(rootfs.resolve("etc"));
    Files.createDirectories(folder.resolve("etc"));
    Files.writeString(folder.resolve("etc/secret"), "outside");
    Files.createSymbolicLink(rootfs.resolve("etc/passwd"), Path.of("../../etc/secret"));
    assertThat(RootFiles.of(rootfs).read("/etc/passwd")).isEmpty();
    Files.writeString(rootfs.resolve("etc/secret"), "inside");
    assertThat(RootFiles.of(rootfs).read("/etc/passwd")).hasValue("inside");
  }

  @Test
  void a_huge_file_is_refused_at_once(@TempDir Path rootfs) throws IOException {
    Files.createDirectories(rootfs.resolve("etc"));
    try (var file = new RandomAccessFile(rootfs.resolve("etc/group").toFile(), "rw")) {
      file.setLength(200L << 20);
    }
    assertTimeoutPreemptively(
        Duration.ofSeconds(1),
        () ->
            assertThatThrownBy(() -> Accounts.of(RootFiles.of(rootfs)).find(":x", List.of(), null))
                .hasMessage(
                    "read \"/etc/group\" of the root file system: larger than 1048576 bytes"));
  }

  private static Accounts accounts(Map<String, String> files) {
    return Accounts.of(path -> Optional.ofNullable(files.get(path)));
  }
}
