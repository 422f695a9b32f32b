package dev.ocij.buildah.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Tests of containers for whichever user a subclass stands for; none leaves a container.
abstract class ContainerContract {
  @TempDir Path folder;

  private BusyboxStore store;

  abstract ContainerUser user();

  @BeforeEach
  void prepare() {
    store = user().store(folder);
  }

  @AfterEach
  void nothing_is_left() {
    Assumptions.assumeTrue(store != null, "the test did not begin");
    removeAll();
    assertThat(podman("ps", "-a", "-q").stdout()).isEmpty();
    assertThat(store.containers().toFile().list()).containsOnly(".lock");
    nothingElseIsLeft();
  }

  void nothingElseIsLeft() {}

  void removeAll() {
    podman("rm", "-f", "-a");
  }

  final BusyboxStore store() {
    return store;
  }

  final Outcome podman(String... args) {
    return as(store.line(args));
  }

  /// Runs a line as the user.
  final Outcome as(String... line) {
    return user().with(line).in(store.folder()).outcome();
  }
}
