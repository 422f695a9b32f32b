package dev.ocij.buildah.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Tests of containers for whichever user a subclass stands for; none leaves a container.
abstract class ContainerContract {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

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

  /// Runs a container; the last word is a script for its shell.
  final Outcome shell(String... words) {
    var line = new ArrayList<>(List.of("run"));
    line.addAll(List.of(words).subList(0, words.length - 1));
    line.addAll(List.of(store().image(), "sh", "-c", words[words.length - 1]));
    return podman(line.toArray(String[]::new));
  }

  final String names(String... options) {
    var line = new ArrayList<>(List.of("ps", "-a", "--format", "{{.Names}}"));
    line.addAll(List.of(options));
    return podman(line.toArray(String[]::new)).succeeded().stdout();
  }

  final void eventually(String what, String expected, String... args) {
    var deadline = Instant.now().plus(PATIENCE);
    var found = podman(args).stdout();
    while (!found.equals(expected) && Instant.now().isBefore(deadline)) {
      found = podman(args).stdout();
    }
    assertThat(found).as(what).isEqualTo(expected);
  }

  /// A line of the user's, in a terminal that the test types on.
  final TypedTerminal typing(String... args) throws IOException {
    return TypedTerminal.running(user().with().command(), String.join(" ", store().line(args)));
  }

  /// Monitors and containers.
  final StoreProcesses processes() {
    return new StoreProcesses(store().containers());
  }
}
