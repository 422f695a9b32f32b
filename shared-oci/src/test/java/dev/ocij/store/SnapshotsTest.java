package dev.ocij.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.layer.Attributes;
import dev.ocij.layer.Layer;
import dev.ocij.layer.UnpackRules;
import dev.ocij.layer.UnpackRules.Ownership;
import dev.ocij.layer.UnpackRules.Whiteouts;
import dev.ocij.spec.Digest;
import dev.ocij.spec.OciException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Layers that cannot be unpacked stand in nobody's way.
@Timeout(20)
class SnapshotsTest {
  private static final Layer GOOD =
      Layer.of(layout -> layout.file("/a", Attributes.FILE, "content"));

  @TempDir private Path folder;

  @Test
  void a_layer_that_is_no_tar_leaves_no_lock_and_no_tree() throws IOException {
    var tar = GOOD.tar();
    var digest = Digest.of(tar);
    var broken =
        List.of(
            new byte[] {1, 2, 3}, new byte[1 << 20], tar("x".repeat(600)), cut(tar), altered(tar));
    for (var bytes : broken) {
      assertThatThrownBy(() -> snapshots().lowers(List.of(source(digest, bytes))))
          .isInstanceOfAny(OciException.class, IOException.class);
      try (var left = Files.walk(folder)) {
        assertThat(left).noneMatch(file -> file.endsWith(digest.hex()));
      }
    }
    var trees = snapshots().lowers(List.of(source(digest, tar)));
    assertThat(trees.getFirst().resolve("a")).hasContent("content");
  }

  @Test
  void a_bad_one_among_several_lets_the_others_be_unpacked_later() throws IOException {
    var all = new ArrayList<Snapshots.Source>();
    for (int i = 0; i < 6; i++) {
      var name = "/f" + i;
      var tar = Layer.of(layout -> layout.file(name, Attributes.FILE, name)).tar();
      all.add(source(Digest.of(tar), tar));
    }
    var bad = new ArrayList<>(all);
    bad.set(3, source(all.get(3).diffId(), new byte[] {1}));
    assertThatThrownBy(() -> snapshots().lowers(bad))
        .isInstanceOfAny(OciException.class, IOException.class);
    assertThat(snapshots().lowers(all)).hasSize(6);
  }

  private Snapshots snapshots() {
    return Snapshots.of(folder, new UnpackRules(Whiteouts.APPLIED, Ownership.RECORDED));
  }

  private static Snapshots.Source source(Digest diffId, byte[] tar) {
    return new Snapshots.Source(diffId, () -> new ByteArrayInputStream(tar));
  }

  private static byte[] tar(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] cut(byte[] tar) {
    return Arrays.copyOf(tar, 700);
  }

  private static byte[] altered(byte[] tar) {
    var altered = tar.clone();
    altered[512] ^= 1;
    return altered;
  }
}
