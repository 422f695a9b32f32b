package dev.ocij.trust.sigstore;

import dev.ocij.trust.BadSignatureException;
import java.util.Arrays;
import java.util.List;

/// That a log holds an entry: the way to the root of its tree, and the log's word for that root.
///
/// @param root that the way is said to lead to; not to be changed
record InclusionProof(MerklePath path, byte[] root, Checkpoint checkpoint) {
  /// @throws BadSignatureException where the entry is not in a tree that one of the keys signed
  void requireOf(byte[] body, List<LogKey> keys) {
    var computed = path.root(body);
    if (!Arrays.equals(computed, root)
        || !Arrays.equals(computed, checkpoint.root())
        || path.size() != checkpoint.size()) {
      throw new BadSignatureException("the log's inclusion proof does not lead to its checkpoint");
    }
    if (keys.stream().noneMatch(key -> checkpoint.isBy(key.key()))) {
      throw new BadSignatureException("the log's checkpoint is not signed by a known log");
    }
  }
}
