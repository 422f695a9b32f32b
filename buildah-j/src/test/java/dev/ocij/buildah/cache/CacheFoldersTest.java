package dev.ocij.buildah.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CacheFoldersTest {
  @TempDir private Path root;
  private CacheFolders caches;

  @BeforeEach
  void open() {
    caches = new CacheFolders(root.resolve("mounts"));
  }

  @Test
  void an_id_has_one_folder_and_another_id_another() throws IOException {
    try (var one = shared("a");
        var same = shared("a");
        var other = shared("b")) {
      assertThat(one.folder()).isEqualTo(same.folder()).isNotEqualTo(other.folder());
    }
  }

  @Test
  void no_id_leads_out_of_the_root() throws IOException {
    try (var used = shared("../../../etc")) {
      assertThat(used.folder().toRealPath().getParent())
          .isEqualTo(root.resolve("mounts").toRealPath());
    }
  }

  @Test
  void a_folder_is_filled_once() throws IOException {
    shared("a").close();
    try (var again = caches.shared("a", folder -> Files.createFile(folder.resolve("second")))) {
      assertThat(again.folder().resolve("first")).exists();
      assertThat(again.folder().resolve("second")).doesNotExist();
    }
  }

  @Test
  void a_folder_that_could_not_be_filled_is_not_there() throws IOException {
    assertThatThrownBy(() ->
            caches.locked(
                "a",
                _ -> {
                  throw new IOException("full");
                }))
        .hasMessage("full");
    try (var used = shared("a")) {
      assertThat(used.folder().resolve("first")).exists();
    }
  }

  @Test
  void who_wants_a_folder_alone_gets_another_while_it_is_used() throws IOException {
    try (var one = caches.unused("a", CacheFoldersTest::fill);
        var other = caches.unused("a", CacheFoldersTest::fill)) {
      assertThat(other.folder()).isNotEqualTo(one.folder());
    }
    try (var again = caches.unused("a", CacheFoldersTest::fill);
        var same = caches.unused("b", CacheFoldersTest::fill)) {
      assertThat(again.folder().getFileName()).asString().hasSize(64);
      assertThat(same.folder().getFileName()).asString().hasSize(64);
    }
  }

  @Test
  void a_locked_folder_is_waited_for() throws Exception {
    var first = caches.locked("a", CacheFoldersTest::fill);
    var second = CompletableFuture.supplyAsync(this::lockedAndClosed);
    assertThat(second).isNotDone();
    first.close();
    assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo(first.folder());
  }

  private Path lockedAndClosed() {
    try (var used = caches.locked("a", CacheFoldersTest::fill)) {
      return used.folder();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("lock a cache", e);
    }
  }

  private CacheFolders.Used shared(String id) throws IOException {
    return caches.shared(id, CacheFoldersTest::fill);
  }

  private static void fill(Path folder) throws IOException {
    Files.createFile(folder.resolve("first"));
  }
}
