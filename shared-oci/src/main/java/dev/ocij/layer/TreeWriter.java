package dev.ocij.layer;

import dev.ocij.linux.Directory;
import dev.ocij.linux.Errno;
import dev.ocij.linux.FileStatus;
import dev.ocij.linux.SystemCallException;
import java.io.IOException;
import java.io.InputStream;

/// Puts entries on disk, in any order that has hard links after what they link to.
final class TreeWriter implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final Directory root;
  private final UnpackRules rules;
  private final MadeDirectories directories;
  private final DirectoryChain chain;
  private final DirectoryChain linked;
  private final AttributeWriter attributes;
  private final byte[] buffer = new byte[BUFFER];

  TreeWriter(Directory root, UnpackRules rules) throws IOException {
    this.root = root;
    this.rules = rules;
    this.directories = new MadeDirectories(root);
    this.chain = new DirectoryChain(root, directories);
    this.linked = new DirectoryChain(root, directories);
    this.attributes = new AttributeWriter(rules.ownership());
  }

  /// Makes sure that there is a directory, with all above it.
  Directory enter(String directory) throws IOException {
    return chain.enter(directory);
  }

  /// Writes an entry; what had its name is replaced, unless both are directories.
  void write(Entry entry, InputStream content) throws IOException {
    if (entry.isDirectory()) {
      chain.enter(entry.path());
      return;
    }
    var directory = chain.enter(entry.parent());
    try {
      create(directory, entry, content);
    } catch (SystemCallException e) {
      if (!e.is(Errno.EEXIST)) {
        throw e;
      }
      remove(directory, entry);
      create(directory, entry, content);
    }
    if (entry.type() != Entry.Type.HARDLINK) {
      attributes.write(directory, entry.name(), entry);
    }
  }

  /// Sets what must come last, once all entries are there.
  void finish(Node top) throws IOException {
    new TreeFinisher(rules.whiteouts(), attributes, directories::timeBefore).finish(root, top);
  }

  private void remove(Directory directory, Entry entry) throws IOException {
    directory.deleteTree(entry.name());
    directories.forget(entry.path());
    linked.forget(entry.path());
  }

  private void create(Directory directory, Entry entry, InputStream content) throws IOException {
    var name = entry.name();
    switch (entry.type()) {
      case FILE -> createFile(directory, name, content);
      case SYMLINK -> directory.createSymlink(name, entry.target());
      case HARDLINK -> {
        var from = linked.enter(TreePath.parent(entry.target()));
        directory.createLink(name, from, TreePath.name(entry.target()));
      }
      case FIFO -> directory.createNode(name, FileStatus.FIFO, 0, 0);
      case CHARACTER -> createDevice(directory, entry, FileStatus.CHARACTER);
      case BLOCK -> createDevice(directory, entry, FileStatus.BLOCK);
      case DIRECTORY -> throw new IllegalArgumentException("a directory is entered, not created");
    }
  }

  private void createFile(Directory directory, String name, InputStream content)
      throws IOException {
    try (var file = directory.createFile(name)) {
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        file.write(buffer, 0, read);
      }
    }
  }

  /// No user namespace may make devices, and no container needs those of its image: the runtime
  /// brings its own. An empty file stands where a device may not be.
  private void createDevice(Directory directory, Entry entry, int kind) throws IOException {
    var device = entry.device();
    try {
      directory.createNode(entry.name(), kind, device.major(), device.minor());
    } catch (SystemCallException e) {
      if (!e.is(Errno.EPERM)) {
        throw e;
      }
      directory.createFile(entry.name()).close();
    }
  }

  @Override
  public void close() {
    chain.close();
    linked.close();
  }
}
