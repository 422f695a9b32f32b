package dev.ocij.layer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;

/// An index in a file: only what is asked for becomes objects.
///
/// The file begins with a line that names its form and its layer, and ends with the place of the
/// root's record and a checksum. Whoever changes what [TarIndexWriter] writes gives the form
/// another number.
final class StoredIndex {
  static final int LISTED = 0x08;
  static final int OPAQUE = 0x10;
  static final int SHARED = 0x20;
  static final int LARGEST = 1 << 30;

  /// The root's place and the checksum.
  private static final int END = 2 * Integer.BYTES;

  private static final int TYPE = 0x07;

  /// The number of a type in a record is its place here.
  static final List<Entry.Type> TYPES =
      List.of(
          Entry.Type.FILE,
          Entry.Type.DIRECTORY,
          Entry.Type.SYMLINK,
          Entry.Type.HARDLINK,
          Entry.Type.CHARACTER,
          Entry.Type.BLOCK,
          Entry.Type.FIFO);

  private final ByteBuffer bytes;
  private final Map<Long, Node> shared = new HashMap<>();

  private StoredIndex(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  /// The line that an index of this layer begins with.
  static byte[] head(String layer) {
    return "ocij tar index 1 of %s\n".formatted(layer).getBytes(StandardCharsets.US_ASCII);
  }

  /// The root of an index; empty where the bytes are none of this layer and form, or not whole.
  static Optional<Node> root(ByteBuffer bytes, String layer) {
    var head = head(layer);
    int size = bytes.limit();
    if (size < head.length + END || !bytes.slice(0, head.length).equals(ByteBuffer.wrap(head))) {
      return Optional.empty();
    }
    var checksum = new CRC32();
    checksum.update(bytes.slice(0, size - Integer.BYTES));
    if ((int) checksum.getValue() != IndexInput.fixed(bytes, size - Integer.BYTES)) {
      return Optional.empty();
    }
    int place = IndexInput.fixed(bytes, size - END);
    return Optional.of(new StoredIndex(bytes).child("", place));
  }

  ByteBuffer bytes() {
    return bytes;
  }

  /// The name in the record at this place.
  String name(int place) {
    return new IndexInput(bytes, place).text();
  }

  /// What the record at this place describes, in a directory of this path.
  Node child(String directory, int place) {
    var in = new IndexInput(bytes, place);
    return node(in, TreePath.child(directory, in.text()));
  }

  private Node node(IndexInput in, String path) {
    int kind = in.octet();
    if ((kind & SHARED) == 0) {
      return node(in, path, kind);
    }
    var number = in.number();
    var known = shared.get(number);
    if (known == null) {
      known = node(in, path, kind);
      shared.put(number, known);
    }
    return known;
  }

  private Node node(IndexInput in, String path, int kind) {
    var attributes = attributes(in);
    var type = TYPES.get(kind & TYPE);
    return switch (type) {
      case FILE -> Node.of(Entry.file(path, attributes, in.number()), in.number());
      case DIRECTORY -> directory(in, Entry.directory(path, attributes), kind);
      case SYMLINK -> Node.of(Entry.symlink(path, attributes, in.text()), Node.NOWHERE);
      case HARDLINK -> Node.link(Entry.hardLink(path, attributes, in.text()), node(in, in.text()));
      case CHARACTER, BLOCK -> {
        var device = new Device((int) in.number(), (int) in.number());
        yield Node.of(Entry.device(path, type, attributes, device), Node.NOWHERE);
      }
      case FIFO -> Node.of(Entry.fifo(path, attributes), Node.NOWHERE);
    };
  }

  private Node directory(IndexInput in, Entry entry, int kind) {
    var children = new StoredDirectory(this, entry.path(), (int) in.number());
    var node = Node.stored(entry, (kind & LISTED) != 0, children);
    for (long left = in.number(); left > 0; left--) {
      node.hide(in.text());
    }
    if ((kind & OPAQUE) != 0) {
      node.hideAll();
    }
    return node;
  }

  private static Attributes attributes(IndexInput in) {
    int mode = (int) in.number();
    var owner = new Owner(in.number(), in.number());
    long seconds = in.number();
    var mtime =
        Instant.ofEpochSecond((seconds & 1) == 0 ? seconds >>> 1 : -(seconds >>> 1), in.number());
    int count = (int) in.number();
    if (count == 0) {
      return Attributes.of(mode, owner, mtime);
    }
    var xattrs = new TreeMap<String, byte[]>();
    for (int i = 0; i < count; i++) {
      xattrs.put(in.text(), in.bytes());
    }
    return new Attributes(mode, owner, mtime, xattrs);
  }
}
