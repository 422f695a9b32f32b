package dev.ocij.layer;

import dev.ocij.linux.Directory;
import dev.ocij.linux.FileStatus;
import dev.ocij.linux.OpenFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What has changed in a tree on disk: the entries of the layer that says so.
///
/// @param tree where content is read from
/// @param entries in the order of [EntryOrder], whiteouts among them
public record Changes(Path tree, List<Entry> entries) {
  public Changes {
    entries = List.copyOf(entries);
  }

  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /// These changes, each entry replaced, as to clamp times; names must stay.
  public Changes map(UnaryOperator<Entry> edit) {
    return new Changes(tree, entries.stream().map(edit).toList());
  }

  /// These changes but for some of them.
  public Changes without(List<Entry> left) {
    var paths = left.stream().map(Entry::path).collect(Collectors.toSet());
    return new Changes(
        tree, entries.stream().filter(entry -> !paths.contains(entry.path())).toList());
  }

  /// These changes with the owners of what has no attributes to keep a record: links and pipes.
  ///
  /// @param owner by the entry and what stands on disk; null where nothing else is known
  public Changes owned(BiFunction<Entry, FileStatus, @Nullable Owner> owner) throws IOException {
    var owned = new ArrayList<Entry>();
    try (var root = Directory.open(tree);
        var chain = DirectoryChain.existing(root)) {
      for (var entry : entries) {
        owned.add(mayLackRecord(entry) ? owned(chain, entry, owner) : entry);
      }
    }
    return new Changes(tree, owned);
  }

  private static boolean mayLackRecord(Entry entry) {
    return switch (entry.type()) {
      case SYMLINK, FIFO, HARDLINK -> true;
      case FILE, DIRECTORY, CHARACTER, BLOCK -> false;
    };
  }

  private static Entry owned(
      DirectoryChain chain, Entry entry, BiFunction<Entry, FileStatus, @Nullable Owner> owner)
      throws IOException {
    var status = chain.enter(entry.parent()).status(entry.name());
    var found = status.isEmpty() ? null : owner.apply(entry, status.get());
    return found == null ? entry : entry.withAttributes(entry.attributes().withOwner(found));
  }

  /// Writes all entries with their content.
  public void write(LayerWriter layer) throws IOException {
    try (var root = Directory.open(tree);
        var chain = DirectoryChain.existing(root)) {
      for (var entry : entries) {
        if (hasContent(entry)) {
          try (var content = open(chain, entry)) {
            layer.write(entry, content);
          }
        } else {
          layer.write(entry);
        }
      }
    }
  }

  /// Whiteouts are empty files too, but of the layer, not of the tree.
  private static boolean hasContent(Entry entry) {
    return entry.isFile() && !Whiteout.isWhiteout(entry.path());
  }

  private static InputStream open(DirectoryChain chain, Entry file) throws IOException {
    OpenFile opened = chain.enter(file.parent()).openFile(file.name());
    return opened.content();
  }
}
