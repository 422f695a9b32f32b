package dev.ocij.layer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// Writes an index from the leaves up, so that each directory can tell where what it holds stands:
/// the records of its entries, then a table of their places in the order of their names.
/// [StoredIndex] reads it.
final class TarIndexWriter {
  private final IndexOutput out;

  /// Numbers of the files that have further names, so that they are one file when they are read.
  private final Map<Node, Integer> shared = new HashMap<>();

  TarIndexWriter(IndexOutput out) {
    this.out = out;
  }

  /// Writes all below the root, and returns where the root's own record is.
  int write(Node root) throws IOException {
    number(root);
    long table = writeChildren(root);
    int place = place();
    writeRecord("", root, table);
    return place;
  }

  private void number(Node node) {
    if (node.origin() != node) {
      shared.putIfAbsent(node.origin(), shared.size());
    }
    node.children().values().forEach(this::number);
  }

  private long writeChildren(Node directory) throws IOException {
    var places = new ArrayList<Integer>();
    var tables = new HashMap<String, Long>();
    for (var child : directory.children().entrySet()) {
      if (child.getValue().isDirectory()) {
        tables.put(child.getKey(), writeChildren(child.getValue()));
      }
    }
    for (var child : new TreeMap<>(directory.children()).entrySet()) {
      places.add(place());
      writeRecord(child.getKey(), child.getValue(), tables.getOrDefault(child.getKey(), 0L));
    }
    int table = place();
    out.fixed(places.size());
    for (int place : places) {
      out.fixed(place);
    }
    return table;
  }

  private void writeRecord(String name, Node node, long table) throws IOException {
    var entry = node.entry();
    var number = shared.get(node);
    out.text(name);
    out.number(
        StoredIndex.TYPES.indexOf(entry.type())
            | (node.isListed() ? StoredIndex.LISTED : 0)
            | (node.isOpaque() ? StoredIndex.OPAQUE : 0)
            | (number != null ? StoredIndex.SHARED : 0));
    if (number != null) {
      out.number(number);
    }
    writeAttributes(entry.attributes());
    switch (entry.type()) {
      case FILE -> {
        out.number(entry.size());
        out.number(node.offset());
      }
      case DIRECTORY -> writeDirectory(node, table);
      case SYMLINK -> out.text(entry.target());
      case HARDLINK -> {
        out.text(entry.target());
        writeRecord(node.origin().entry().path(), node.origin(), 0);
      }
      case CHARACTER, BLOCK -> {
        out.number(entry.device().major());
        out.number(entry.device().minor());
      }
      case FIFO -> {}
    }
  }

  private void writeDirectory(Node node, long table) throws IOException {
    out.number(table);
    out.number(node.whiteouts().size());
    for (var name : node.whiteouts().stream().sorted().toList()) {
      out.text(name);
    }
  }

  private void writeAttributes(Attributes attributes) throws IOException {
    out.number(attributes.mode());
    out.number(attributes.owner().uid());
    out.number(attributes.owner().gid());
    var mtime = attributes.mtime();
    long seconds = mtime.getEpochSecond();
    int nanos = mtime.getNano();
    out.number(Math.abs(seconds) << 1 | (seconds < 0 ? 1 : 0));
    out.number(nanos);
    out.number(attributes.xattrs().size());
    for (var xattr : attributes.xattrs().entrySet()) {
      out.text(xattr.getKey());
      out.bytes(xattr.getValue());
    }
  }

  /// @throws IOException where the index gets larger than a file that is mapped at once
  private int place() throws IOException {
    if (out.position() > StoredIndex.LARGEST) {
      throw new IOException("an index takes more than %d bytes".formatted(StoredIndex.LARGEST));
    }
    return (int) out.position();
  }
}
