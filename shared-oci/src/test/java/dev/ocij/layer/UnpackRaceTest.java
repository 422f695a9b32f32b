package dev.ocij.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ocij.layer.UnpackRules.Ownership;
import dev.ocij.layer.UnpackRules.Whiteouts;
import dev.ocij.linux.Directory;
import dev.ocij.spec.OciException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Somebody swaps a directory for a link to outside, as fast as the machine can, while layers are
/// unpacked through it: the class of CVE-2018-15664.
class UnpackRaceTest {
  private static final int SWAPS = 100_000;

  @TempDir Path temporary;

  @Test
  @Timeout(120)
  void never_writes_through_a_directory_that_is_swapped_for_a_link() throws Exception {
    var outside = Files.createDirectory(temporary.resolve("outside"));
    var tree = Files.createDirectory(temporary.resolve("tree"));
    Files.createDirectory(tree.resolve("d"));
    var layer = layer();
    var over = new AtomicBoolean();
    var swaps = new AtomicInteger();
    int rounds = 0;
    try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
      var swapper = tasks.submit(() -> swapUntil(over, swaps, tree, outside));
      try {
        while (swaps.get() < SWAPS) {
          unpack(layer, tree);
          rounds++;
        }
      } finally {
        over.set(true);
      }
      swapper.get();
    }
    assertThat(rounds).isGreaterThan(10);
    try (var dropped = Files.list(outside)) {
      assertThat(dropped).isEmpty();
    }
  }

  private static Layer layer() {
    return Layer.of(layout -> {
      for (int i = 0; i < 20; i++) {
        layout.file("/d/file" + i, Attributes.FILE, "x");
        layout.directory("/d/sub" + i, Attributes.DIRECTORY);
        layout.hardLink("/d/sub" + i + "/link", "/d/file" + i);
        layout.whiteout("/d/gone" + i);
      }
    });
  }

  /// A round may fail, for the tree is taken from under it; it may only not escape.
  private static void unpack(Layer layer, Path tree) throws IOException {
    try {
      new Unpacker(new UnpackRules(Whiteouts.APPLIED, Ownership.RECORDED))
          .unpack(layer.open(), tree);
    } catch (OciException e) {
      assertThat(e).hasMessageStartingWith("unpack layer");
    }
  }

  private static void swapUntil(AtomicBoolean over, AtomicInteger swaps, Path tree, Path outside) {
    var directory = tree.resolve("d");
    var aside = tree.resolve("aside");
    while (!over.get()) {
      try {
        Files.move(directory, aside);
        Files.createSymbolicLink(directory, outside);
        Files.delete(directory);
        Files.move(aside, directory);
        swaps.incrementAndGet();
      } catch (IOException _) {
        // The unpacker has put its own directory there meanwhile.
        discard(tree, "aside");
      }
    }
  }

  private static void discard(Path tree, String name) {
    try (var root = Directory.open(tree)) {
      root.deleteTree(name);
    } catch (IOException e) {
      throw new UncheckedIOException("discard " + name, e);
    }
  }
}
