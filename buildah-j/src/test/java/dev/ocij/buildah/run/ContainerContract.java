package dev.ocij.buildah.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Outcome;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;

/// Tests of containers for whichever user a subclass stands for; none leaves a container.
abstract class ContainerContract {
  private BusyboxStore store;

  /// A store of the user's own.
  abstract BusyboxStore makeStore() throws IOException;

  /// Runs a line as the user.
  abstract Outcome as(String... line);

  @BeforeEach
  void prepare() throws IOException {
    store = makeStore();
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
}
