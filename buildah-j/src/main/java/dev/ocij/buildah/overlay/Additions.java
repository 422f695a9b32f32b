package dev.ocij.buildah.overlay;

import dev.ocij.layer.Attributes;
import dev.ocij.layer.Entry;
import dev.ocij.layer.EntryOrder;
import dev.ocij.layer.LayerWriter;
import dev.ocij.layer.LayeredTree;
import dev.ocij.layer.Owner;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What a step adds to a tree: the entries of one layer, in the order in which they are written.
public final class Additions {
  private final LayeredTree below;
  private final Instant now;
  private final TreeMap<String, Addition> byPath = new TreeMap<>(EntryOrder.BY_PATH);
  private boolean changed;

  /// What was made last for what stands in it; a directory is never replaced.
  private @Nullable String lastParent;

  private String madeParent = "";

  /// @param now the time of directories that nobody else gives a time
  public Additions(LayeredTree below, Instant now) {
    this.below = below;
    this.now = now;
  }

  /// Whether nothing is added: directories that are there already stand in a layer only for what it
  /// puts into them.
  public boolean isEmpty() {
    return !changed;
  }

  /// Whether a directory stands at this path, below or added; links in it are followed.
  public boolean isDirectory(String path) {
    var added = byPath.get(path);
    return added != null
        ? added.entry().isDirectory()
        : path.isEmpty() || below.resolve(path).map(Entry::isDirectory).orElse(false);
  }

  /// Adds what stands at the addition's path, whose parents follow the links of the tree below and
  /// are made where they are missing.
  ///
  /// @param ofParents the owner of those that are made
  /// @return the path where it stands
  public String put(Addition addition, Owner ofParents) {
    var entry = addition.entry();
    if (entry.path().isEmpty()) {
      return "";
    }
    var parent = makeParent(entry.parent(), ofParents);
    var path = parent.isEmpty() ? entry.name() : parent + "/" + entry.name();
    if (!entry.isDirectory() && isOwnDirectory(path)) {
      throw new OciException(
          OciException.Category.USAGE,
          "copy to %s: a directory is there, and what is copied is none; name a place inside it"
              .formatted(Quoted.of("/" + path)));
    }
    add(new Addition(entry.withPath(path), addition.content(), addition.identity()));
    return path;
  }

  /// As [#makeDirectories(String, Owner)]; most entries stand beside the one before.
  private String makeParent(String path, Owner owner) {
    if (!path.equals(lastParent)) {
      madeParent = makeDirectories(path, owner);
      lastParent = path;
    }
    return madeParent;
  }

  /// Makes a directory and its missing parents, mode 0755.
  ///
  /// @return the path of the directory, links followed
  public String makeDirectories(String path, Owner owner) {
    var resolved = below.resolveNew(path);
    var made = "";
    for (var component : resolved.isEmpty() ? new String[0] : resolved.split("/")) {
      made = made.isEmpty() ? component : made + "/" + component;
      makeDirectory(made, owner);
    }
    return resolved;
  }

  /// Writes the layer. Names of one file stay that.
  ///
  /// @param stamp the last change of each entry, as of its time
  public void write(LayerWriter layer, UnaryOperator<Entry> stamp) throws IOException {
    var written = new HashMap<Object, String>();
    for (var addition : byPath.values()) {
      var entry = addition.entry();
      var first = addition.identity().map(identity -> written.putIfAbsent(identity, entry.path()));
      if (first.isPresent()) {
        var link = Entry.hardLink(entry.path(), entry.attributes(), first.get());
        layer.write(stamp.apply(link), InputStream.nullInputStream());
        continue;
      }
      try (var content = addition.open()) {
        layer.write(stamp.apply(entry), content);
      }
    }
  }

  /// A directory that is below is listed too, as it is: a tool that unpacks this layer alone would
  /// else give it other attributes.
  private void makeDirectory(String path, Owner owner) {
    if (byPath.containsKey(path)) {
      requireDirectory(byPath.get(path).entry());
      return;
    }
    var there = below.lookup(path);
    if (there.isEmpty()) {
      add(Addition.of(Entry.directory(path, Attributes.of(0755, owner, now))));
    } else {
      requireDirectory(there.get());
      byPath.put(path, Addition.of(there.get()));
    }
  }

  private void add(Addition addition) {
    byPath.put(addition.entry().path(), addition);
    changed = true;
  }

  private static void requireDirectory(Entry entry) {
    if (!entry.isDirectory()) {
      throw new OciException(
          OciException.Category.USAGE,
          "make directory %s: something else is there".formatted(Quoted.of("/" + entry.path())));
    }
  }

  /// Whether a directory stands exactly here, not behind a link.
  private boolean isOwnDirectory(String path) {
    var added = byPath.get(path);
    return added != null
        ? added.entry().isDirectory()
        : below.lookup(path).map(Entry::isDirectory).orElse(false);
  }
}
