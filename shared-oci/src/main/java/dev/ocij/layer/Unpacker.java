package dev.ocij.layer;

import dev.ocij.linux.Directory;
import dev.ocij.linux.SystemCallException;
import dev.ocij.spec.Digest;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.function.UnaryOperator;

/// Applies a layer tar to a directory.
///
/// Every name is looked up in an open directory and no link is followed, so nothing outside is
/// touched, whatever the tar says and whoever changes the tree meanwhile. Entries land where
/// [TarIndex] has them. Directories get their modes and times when all else is there.
public final class Unpacker {
  private final UnpackRules rules;
  private final UnaryOperator<Entry> edit;

  public Unpacker(UnpackRules rules) {
    this(rules, entry -> entry);
  }

  /// @param edit what becomes of each entry, as another owner
  public Unpacker(UnpackRules rules, UnaryOperator<Entry> edit) {
    this.rules = rules;
    this.edit = edit;
  }

  /// Unpacks a plain tar, read to its end but not closed, and then checks it.
  ///
  /// @param diffId what the tar must be; on failure the directory holds a useless rest
  /// @param directory exists; empty unless whiteouts are to be applied to it
  /// @return what stands where in the tar
  /// @throws OciException where the tar is malformed or another, or the machine refuses a file
  public TarIndex unpack(InputStream tar, Digest diffId, Path directory) throws IOException {
    var hashed = new DigestInputStream(tar, diffId.algorithm().newHash());
    var index = unpack(hashed, directory);
    var found = Digest.from(diffId.algorithm(), hashed.getMessageDigest().digest());
    if (!found.equals(diffId)) {
      throw new OciException(
          OciException.Category.INVALID,
          "unpack layer: its diff id is %s, expected %s".formatted(found, diffId));
    }
    return index;
  }

  /// As [#unpack(InputStream, Digest, Path)], for a tar that needs no check.
  public TarIndex unpack(InputStream tar, Path directory) throws IOException {
    var nodes = new LayerNodes();
    var reader = new TarReader(tar);
    try (var root = Directory.open(directory);
        var tree = new TreeWriter(root, rules)) {
      for (var entry = reader.next(); entry != null; entry = reader.next()) {
        place(nodes.add(edit.apply(entry), reader.offset()), entry, reader.content(), tree);
      }
      tree.finish(nodes.root());
      return TarIndex.of(nodes);
    } catch (SystemCallException e) {
      throw new OciException(
          OciException.Category.IO,
          "unpack layer into %s: %s"
              .formatted(directory, Quoted.escape(String.valueOf(e.getMessage()))),
          e);
    }
  }

  private static void place(Node node, Entry entry, InputStream content, TreeWriter tree)
      throws IOException {
    if (Whiteout.isWhiteout(entry.path())) {
      tree.enter(node.entry().path());
    } else {
      tree.write(node.entry(), content);
    }
  }
}
