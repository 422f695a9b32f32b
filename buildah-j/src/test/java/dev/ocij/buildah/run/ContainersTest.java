package dev.ocij.buildah.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.buildah.overlay.Trees;
import dev.ocij.store.Locks;
import dev.ocij.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
  void a_name_is_taken_as_long_as_its_container_is_there() throws IOException {
    var containers = new Containers(Store.open(folder));
    var first = made(containers, "first");
    assertThatThrownBy(() -> made(containers, "first"))
        .hasMessageContaining("\"first\" is already in use by " + first.id());
    containers.rename(first, "other");
    var second = made(containers, "first");
    assertThatThrownBy(() -> containers.rename(second, "other")).hasMessageContaining("in use");
    containers.remove(containers.find("other"), false);
    containers.rename(second, "other");
    assertThat(containers.list()).extracting(ContainerState::name).containsExactly("other");
    assertThat(folder.resolve("names").toFile().list()).containsExactly("other");
  }

  @Test
  void names_of_before_they_were_noted_are_taken_too() throws IOException {
    var containers = new Containers(Store.open(folder));
    made(containers, "first");
    Trees.delete(folder.resolve("names"));
    assertThatThrownBy(() -> made(containers, "first")).hasMessageContaining("in use");
  }

  @Test
  void a_container_is_made_whatever_the_others_are() throws IOException {
    var containers = new Containers(Store.open(folder));
    var broken = made(containers, "broken");
    Files.writeString(containers.directory(broken).resolve("state.json"), "{");
    assertThat(made(containers, "c").name()).isEqualTo("c");
    assertThat(made(containers, null).name()).contains("_");
  }

  private static ContainerState made(Containers containers, @Nullable String name)
      throws IOException {
    try (var folder = containers.create(name, false, ContainersTest::state)) {
      folder.write(folder.state().in(ContainerState.Status.CREATED));
      return folder.state();
    }
  }

  private static ContainerState state(String name) {
    return new ContainerState(
        ContainerNames.newId(),
        name,
        "image",
        null,
        List.of("true"),
        Instant.now(),
        null,
        null,
        ContainerState.Status.INITIALIZED,
        0,
        0,
        false,
        List.of(),
        Map.of(),
        Map.of(),
        "SIGTERM",
        10,
        null,
        null);
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
