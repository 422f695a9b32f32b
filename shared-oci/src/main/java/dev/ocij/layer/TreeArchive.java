package dev.ocij.layer;

import dev.ocij.linux.Directory;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.UnaryOperator;

/// A part of a tree on disk as an archive. No link is followed: whoever changes the tree meanwhile
/// gains nothing.
public final class TreeArchive {
  private final LayerWriter writer;
  private final EntryReader reader;
  private final UnaryOperator<Entry> edit;

  /// @param edit what becomes of each entry, as another owner
  public TreeArchive(LayerWriter writer, UnaryOperator<Entry> edit) {
    this.writer = writer;
    this.edit = edit;
    this.reader = new EntryReader(UnpackRules.ofThisProcess().ownership());
  }

  /// Writes what has a name in a directory, with all below it.
  ///
  /// @param as its path in the archive
  public void write(Directory directory, String name, String as) throws IOException {
    write(directory, name, new Renaming(name, as));
  }

  /// Writes all that is in a directory.
  ///
  /// @param as the path of the directory in the archive; empty for its root
  public void writeContent(Directory directory, String as) throws IOException {
    for (var name : directory.list()) {
      write(directory, name, as.isEmpty() ? name : TreePath.child(as, name));
    }
  }

  private record Renaming(String from, String to) {
    String of(String path) {
      return to + path.substring(from.length());
    }
  }

  private void write(Directory directory, String path, Renaming names) throws IOException {
    var name = TreePath.name(path);
    var found = Found.read(directory, name, path);
    if (found.isEmpty()) {
      return;
    }
    var entry = reader.read(directory, found.get());
    var renamed = edit.apply(renamed(entry, names));
    if (entry.isFile()) {
      try (var content = directory.openFile(name).content()) {
        writer.write(renamed, new Limited(content, entry.size()));
      }
      return;
    }
    writer.write(renamed);
    if (entry.isDirectory()) {
      try (var open = directory.openDirectory(name)) {
        for (var child : open.list()) {
          write(open, TreePath.child(path, child), names);
        }
      }
    }
  }

  private static Entry renamed(Entry entry, Renaming names) {
    return entry.type() == Entry.Type.HARDLINK
        ? Entry.hardLink(names.of(entry.path()), entry.attributes(), names.of(entry.target()))
        : entry.withPath(names.of(entry.path()));
  }

  /// What a file had when it was looked at: it may grow while it is read.
  private static final class Limited extends InputStream {
    private final InputStream content;
    private long left;

    private Limited(InputStream content, long size) {
      this.content = content;
      this.left = size;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int read = content.read(target, offset, (int) Math.min(length, left));
      left -= Math.max(0, read);
      return read;
    }
  }
}
