package dev.ocij.layer;

import dev.ocij.layer.UnpackRules.Ownership;
import dev.ocij.linux.Directory;
import dev.ocij.linux.Errno;
import dev.ocij.linux.FileStatus;
import dev.ocij.linux.SystemCallException;
import java.io.IOException;
import java.util.function.UnaryOperator;

/// Copies a merged tree into an empty directory, with owners, modes, times, attributes, hard links.
final class TreeCopy implements AutoCloseable {
  private static final String SELF = ".";

  private final Directory root;
  private final UnaryOperator<Owner> owners;
  private final DirectoryChain linked;
  private final EntryReader reader;
  private final AttributeWriter attributes;

  TreeCopy(Directory root, Ownership ownership, UnaryOperator<Owner> owners) {
    this.owners = owners;
    this.root = root;
    this.linked = DirectoryChain.existing(root);
    this.reader = new EntryReader(ownership);
    // What the file system or the namespace does not allow is missing below already.
    this.attributes = new AttributeWriter(ownership);
  }

  /// @param prefix the path of the directory, which is the root of the copy
  void copy(MergedDirectory from, String prefix) throws IOException {
    fill(from, root, prefix);
    var self = Found.read(from.top(), SELF, prefix);
    if (self.isPresent()) {
      attributes.write(root, SELF, owned(reader.read(from.top(), self.get())));
    }
  }

  private void fill(MergedDirectory from, Directory to, String prefix) throws IOException {
    for (var name : from.names()) {
      var child = from.child(name);
      if (child.isPresent()) {
        var entry = reader.read(child.get().holder(), child.get().found());
        if (entry.isDirectory()) {
          directory(from, to, entry, prefix);
        } else {
          create(child.get().holder(), to, entry, prefix);
        }
      }
    }
  }

  private void directory(MergedDirectory from, Directory to, Entry entry, String prefix)
      throws IOException {
    to.createDirectory(entry.name());
    try (var below = from.enter(entry.name());
        var open = to.openDirectory(entry.name())) {
      fill(below, open, prefix);
    }
    attributes.write(to, entry.name(), owned(entry));
  }

  private void create(Directory from, Directory to, Entry entry, String prefix) throws IOException {
    var name = entry.name();
    switch (entry.type()) {
      case FILE -> {
        try (var source = from.openFile(name);
            var file = to.createFile(name)) {
          file.copyFrom(source);
        }
      }
      case SYMLINK -> to.createSymlink(name, entry.target());
      case HARDLINK -> {
        var first = inCopy(entry.target(), prefix);
        to.createLink(name, linked.enter(TreePath.parent(first)), TreePath.name(first));
        return;
      }
      case FIFO -> to.createNode(name, FileStatus.FIFO, 0, 0);
      case CHARACTER -> device(to, entry, FileStatus.CHARACTER);
      case BLOCK -> device(to, entry, FileStatus.BLOCK);
      case DIRECTORY -> throw new IllegalArgumentException("a directory is entered, not created");
    }
    attributes.write(to, name, owned(entry));
  }

  private Entry owned(Entry entry) {
    var shown = entry.attributes();
    return entry.withAttributes(shown.withOwner(owners.apply(shown.owner())));
  }

  private static String inCopy(String path, String prefix) {
    return prefix.isEmpty() ? path : path.substring(prefix.length() + 1);
  }

  private static void device(Directory to, Entry entry, int kind) throws IOException {
    try {
      to.createNode(entry.name(), kind, entry.device().major(), entry.device().minor());
    } catch (SystemCallException e) {
      if (!e.is(Errno.EPERM)) {
        throw e;
      }
      to.createFile(entry.name()).close();
    }
  }

  @Override
  public void close() {
    linked.close();
  }
}
