package dev.ocij.trust.sigstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ocij.trust.BadSignatureException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Paths in trees of every size up to a bit more than a power of two.
class MerklePathTest {
  private static final int MOST = 35;

  static IntStream sizes() {
    return IntStream.rangeClosed(1, MOST);
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void every_path_leads_to_the_root_and_only_from_its_own_place(int size) {
    var tree = tree(size);
    for (int leaf = 0; leaf < size; leaf++) {
      var path = tree.path(leaf);
      assertThat(path.root(tree.leaves().get(leaf))).isEqualTo(tree.root());
      for (int other = 0; other < size; other++) {
        if (other != leaf) {
          assertThat(
                  rootOrNone(new MerklePath(other, size, path.hashes()), tree.leaves().get(leaf)))
              .isNotEqualTo(tree.root());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void a_path_of_another_length_is_refused(int size) {
    var tree = tree(size);
    var path = tree.path(size / 2);
    var longer = new ArrayList<>(path.hashes());
    longer.add(new byte[32]);
    assertThatThrownBy(() -> new MerklePath(size / 2, size, longer).root(new byte[1]))
        .isInstanceOf(BadSignatureException.class)
        .hasMessageContaining("too long");
    if (size > 1) {
      var shorter = path.hashes().subList(0, path.hashes().size() - 1);
      assertThatThrownBy(() -> new MerklePath(size / 2, size, shorter).root(new byte[1]))
          .isInstanceOf(BadSignatureException.class)
          .hasMessageContaining("too short");
    }
  }

  @Test
  void a_place_outside_the_tree_is_refused() {
    for (long index : new long[] {-1, 1, Long.MAX_VALUE, Long.MIN_VALUE}) {
      assertThatThrownBy(() -> new MerklePath(index, 1, List.of()).root(new byte[1]))
          .isInstanceOf(BadSignatureException.class)
          .hasMessageContaining("no place in its tree");
    }
    assertThat(new MerklePath(0, Long.MAX_VALUE, hashes(63)).root(new byte[1])).hasSize(32);
    assertThatThrownBy(() -> new MerklePath(0, Long.MAX_VALUE, hashes(64)).root(new byte[1]))
        .isInstanceOf(BadSignatureException.class);
  }

  private static List<byte[]> hashes(int number) {
    return IntStream.range(0, number).mapToObj(_ -> new byte[32]).toList();
  }

  private static byte[] rootOrNone(MerklePath path, byte[] leaf) {
    try {
      return path.root(leaf);
    } catch (BadSignatureException _) {
      return new byte[0];
    }
  }

  private static MerkleTree tree(int size) {
    return new MerkleTree(
        IntStream.range(0, size).mapToObj(i -> new byte[] {(byte) i, 1}).toList());
  }
}
