package dev.ocij.buildah.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.store.Locks;
import dev.ocij.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The folders of containers.
class ContainersTest {
  @TempDir private Path folder;

  @Test
  void one_without_a_state_goes_unless_somebody_makes_a_container() throws IOException {
    var store = Store.open(folder);
    var made = Files.createDirectories(store.containers().resolve("0".repeat(64)));
    try (var _ = Locks.exclusive(store.containers().resolve(".lock"))) {
      new Containers(store).sweep();
      assertThat(made).exists();
    }
    new Containers(store).sweep();
    assertThat(made).doesNotExist();
  }

  @Test
  void what_was_half_removed_goes() throws IOException {
    var store = Store.open(folder);
    var rest = store.containers().resolve(".gone-" + "0".repeat(64));
    Files.createDirectories(rest.resolve("upper/etc"));
    new Containers(store).sweep();
    assertThat(rest).doesNotExist();
  }
}
