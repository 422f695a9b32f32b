package dev.ocij.skopeo.cli;

import dev.ocij.testing.DockerRegistry;
import dev.ocij.testing.TemporaryFolder;
import dev.ocij.testing.Tool;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
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
