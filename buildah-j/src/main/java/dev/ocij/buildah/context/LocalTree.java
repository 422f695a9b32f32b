package dev.ocij.buildah.context;

import dev.ocij.buildah.overlay.Tree;
import dev.ocij.layer.Attributes;
import dev.ocij.layer.Device;
import dev.ocij.layer.Entry;
import dev.ocij.layer.Owner;
import dev.ocij.layer.TreePath;
import dev.ocij.linux.Directory;
import dev.ocij.linux.FileStatus;
import dev.ocij.linux.SystemCallException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A directory of this machine, read by handles from its root down: a link on the way is never
/// followed, whoever puts it there meanwhile.
record LocalTree(Path root) implements Tree {
  /// Reads something in an open directory.
  @FunctionalInterface
  private interface Reading<T> {
    T in(Directory directory) throws IOException;
  }

  /// What stands at this path; nothing for a socket, which no layer can hold.
  @Override
  public Optional<Entry> lookup(String path) throws IOException {
    return read(
        TreePath.parent(path),
        Optional.empty(),
        directory -> entry(directory, TreePath.name(path), path));
  }

  @Override
  public List<Entry> list(String path) throws IOException {
    return list(path, _ -> true);
  }

  /// What stands in this directory, sorted by name.
  ///
  /// @param wanted paths; of others nothing is read but the name
  List<Entry> list(String path, Predicate<String> wanted) throws IOException {
    return read(path, List.of(), directory -> entries(directory, path, wanted));
  }

  /// {@inheritDoc}
  ///
  /// In one call; a directory after the other only where that tells no file.
  @Override
  public InputStream open(Entry file) throws IOException {
    try {
      return Directory.openFileWithoutLinks(root, file.path()).content();
    } catch (SystemCallException _) {
      return openByDirectories(file);
    }
  }

  private InputStream openByDirectories(Entry file) throws IOException {
    try (var directory = openDirectory(file.parent())) {
      return directory.openFile(file.name()).content();
    }
  }

  private <T> T read(String path, T absent, Reading<T> reading) throws IOException {
    try (var directory = openDirectory(path)) {
      return reading.in(directory);
    } catch (SystemCallException e) {
      if (e.findsNoDirectory()) {
        return absent;
      }
      throw e;
    }
  }

  private Directory openDirectory(String path) throws IOException {
    var directory = Directory.open(root);
    for (var component : PathPattern.split(path)) {
      try (var parent = directory) {
        directory = parent.openDirectory(component);
      }
    }
    return directory;
  }

  private static List<Entry> entries(Directory directory, String parent, Predicate<String> wanted)
      throws IOException {
    var entries = new ArrayList<Entry>();
    for (var name : directory.list()) {
      var path = TreePath.child(parent, name);
      if (wanted.test(path)) {
        entry(directory, name, path).ifPresent(entries::add);
      }
    }
    return entries;
  }

  private static Optional<Entry> entry(Directory directory, String name, String path)
      throws IOException {
    var status = directory.status(name.isEmpty() ? "." : name);
    return status.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(entry(directory, name, path, status.get()));
  }

  private static @Nullable Entry entry(
      Directory directory, String name, String path, FileStatus status) throws IOException {
    var attributes = Attributes.of(status.mode(), Owner.ROOT, status.mtime());
    return switch (status.kind()) {
      case FileStatus.FILE -> Entry.file(path, attributes, status.size());
      case FileStatus.DIRECTORY -> Entry.directory(path, attributes);
      case FileStatus.SYMLINK -> Entry.symlink(path, attributes, directory.readSymlink(name));
      case FileStatus.FIFO -> Entry.fifo(path, attributes);
      case FileStatus.CHARACTER ->
          Entry.device(path, Entry.Type.CHARACTER, attributes, device(status));
      case FileStatus.BLOCK -> Entry.device(path, Entry.Type.BLOCK, attributes, device(status));
      default -> null;
    };
  }

  private static Device device(FileStatus status) {
    return new Device(status.rdevMajor(), status.rdevMinor());
  }
}
