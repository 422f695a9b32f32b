package dev.ocij.trust.sigstore;

import dev.ocij.spec.Digest;
import java.util.ArrayList;
import java.util.List;

/// A log's tree, computed as RFC 9162 defines it, by halves: slowly, and unlike what it judges.
record MerkleTree(List<byte[]> leaves) {
  byte[] root() {
    return root(leaves);
  }

  MerklePath path(int index) {
    var hashes = new ArrayList<byte[]>();
    collect(leaves, index, hashes);
    return new MerklePath(index, leaves.size(), hashes);
  }

  private static byte[] root(List<byte[]> some) {
    if (some.size() == 1) {
      return hash(0, some.getFirst(), new byte[0]);
    }
    int left = left(some.size());
    return hash(1, root(some.subList(0, left)), root(some.subList(left, some.size())));
  }

  private static void collect(List<byte[]> some, int index, List<byte[]> hashes) {
    if (some.size() > 1) {
      int left = left(some.size());
      var first = some.subList(0, left);
      var second = some.subList(left, some.size());
      collect(index < left ? first : second, index < left ? index : index - left, hashes);
      hashes.add(root(index < left ? second : first));
    }
  }

  /// The largest power of two below a size.
  private static int left(int size) {
    return Integer.highestOneBit(size - 1);
  }

  private static byte[] hash(int kind, byte[] left, byte[] right) {
    var hash = Digest.Algorithm.SHA256.newHash();
    hash.update((byte) kind);
    hash.update(left);
    return hash.digest(right);
  }
}
