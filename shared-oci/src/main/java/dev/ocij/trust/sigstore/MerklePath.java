package dev.ocij.trust.sigstore;

import dev.ocij.spec.Digest;
import dev.ocij.trust.BadSignatureException;
import java.util.List;

/// The way from one leaf of a log's tree to its root: RFC 9162, "Merkle Inclusion Proofs".
///
/// @param index of the leaf
/// @param size how many leaves the tree has
/// @param hashes of the subtrees beside the way, the lowest first; not to be changed
record MerklePath(long index, long size, List<byte[]> hashes) {
  private static final int DEEPEST = 63;
  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  MerklePath {
    hashes = List.copyOf(hashes);
  }

  /// The root of the tree in which the leaf stands there.
  ///
  /// @throws BadSignatureException where the way is too short or too long for such a tree
  byte[] root(byte[] leaf) {
    if (index < 0 || index >= size || hashes.size() > DEEPEST) {
      throw new BadSignatureException("the log's inclusion proof is for no place in its tree");
    }
    long node = index;
    long last = size - 1;
    var hash = hash(LEAF, leaf, new byte[0]);
    for (var beside : hashes) {
      if (last == 0) {
        throw new BadSignatureException("the log's inclusion proof is too long");
      }
      if ((node & 1) == 1 || node == last) {
        hash = hash(NODE, beside, hash);
        int missing = node == 0 ? 0 : Long.numberOfTrailingZeros(node);
        node >>= missing;
        last >>= missing;
      } else {
        hash = hash(NODE, hash, beside);
      }
      node >>= 1;
      last >>= 1;
    }
    if (last != 0) {
      throw new BadSignatureException("the log's inclusion proof is too short");
    }
    return hash;
  }

  private static byte[] hash(byte kind, byte[] left, byte[] right) {
    var hash = Digest.Algorithm.SHA256.newHash();
    hash.update(kind);
    hash.update(left);
    return hash.digest(right);
  }
}
