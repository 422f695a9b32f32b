package dev.ocij.skopeo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.testing.DockerRegistry;
import dev.ocij.testing.Outcome;
import dev.ocij.testing.TemporaryFolder;
import dev.ocij.testing.Tool;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Tests of copies that begin with a registry, which faults are put before, and an image; several
/// at a time, each with a repository of its own, so that no blob is there already.
@Tag("tool")
@Execution(ExecutionMode.CONCURRENT)
abstract class FaultyRegistryCase {
  private static final Pattern ONE_LINE =
      Pattern.compile(
          "time=\"[^\"]+\" level=fatal msg=\"(pull|push|look up|ping|copy) [^\\n]+: [^\\n]+\"\n");
  private static final AtomicInteger COUNT = new AtomicInteger();
  static DockerRegistry registry;
  static StartImages start;
  private static @Nullable Shared open;
  private static int users;
  @TempDir Path folder;
  FaultyCopies copies;
  private String name;

  /// Also the classes run beside each other: the first opens, the last closes.
  @BeforeAll
  static synchronized void a_registry_and_an_image() {
    users++;
    var shared = open == null ? Shared.open() : open;
    open = shared;
    registry = shared.registry();
    start = shared.start();
  }

  @AfterAll
  static synchronized void no_registry() {
    if (--users == 0 && open != null) {
      open.close();
      open = null;
    }
  }

  @BeforeEach
  void a_name() {
    copies = FaultyCopies.in(folder);
    name = "/faults/a" + COUNT.incrementAndGet();
  }

  /// An image in this test's repository, or in one beside it.
  final String docker(String host, String rest) {
    return "docker://" + host + name + rest;
  }

  /// One line says what was attempted, where, and what was found.
  static void assertFails(Outcome outcome, int status) {
    assertThat(outcome.status()).as(outcome.stderr()).isEqualTo(status);
    assertThat(outcome.stdout()).isEmpty();
    assertThat(outcome.stderr()).matches(ONE_LINE).doesNotContain("Exception", "\\n");
  }

  /// What all of them begin with.
  private record Shared(DockerRegistry registry, TemporaryFolder images, StartImages start) {
    static Shared open() {
      Tool.required("python3");
      var images = TemporaryFolder.create("faults");
      return new Shared(DockerRegistry.open(), images, StartImages.in(images.path()));
    }

    void close() {
      registry.close();
      images.close();
    }
  }
}
