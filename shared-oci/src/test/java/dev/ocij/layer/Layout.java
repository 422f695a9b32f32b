package dev.ocij.layer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// What a [Layer] is described to: each call adds one entry, in the order of the calls. Paths may
/// begin with a slash.
public final class Layout {
  private final LayerWriter writer;

  Layout(LayerWriter writer) {
    this.writer = writer;
  }

  public void directory(String path, Attributes attributes) {
    add(Entry.directory(TreePath.of(path), attributes));
  }

  /// A file with this text in UTF-8.
  public void file(String path, Attributes attributes, String content) {
    file(path, attributes, content.getBytes(StandardCharsets.UTF_8));
  }

  public void file(String path, Attributes attributes, byte[] content) {
    add(Entry.file(TreePath.of(path), attributes, content.length), content);
  }

  /// A symbolic link; whoever may use it, as everywhere on Linux.
  public void symlink(String path, String target) {
    var attributes = Attributes.FILE.withMode(0777);
    add(Entry.symlink(TreePath.of(path), attributes, target));
  }

  /// Another name for a file that this layer has.
  public void hardLink(String path, String target) {
    add(Entry.hardLink(TreePath.of(path), Attributes.FILE, TreePath.of(target)));
  }

  /// Removes `path` of the layers below.
  public void whiteout(String path) {
    add(Entry.file(Whiteout.of(TreePath.of(path)), Attributes.FILE.withMode(0), 0));
  }

  /// Removes all that layers below have in `directory`.
  public void opaque(String directory) {
    add(Entry.file(Whiteout.opaque(TreePath.of(directory)), Attributes.FILE.withMode(0), 0));
  }

  /// Any entry without content.
  public void add(Entry entry) {
    add(entry, new byte[0]);
  }

  private void add(Entry entry, byte[] content) {
    try {
      writer.write(entry, new ByteArrayInputStream(content));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }
}
