package dev.ocij.layer;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a directory of a stored index holds, by name: looked up in its table until somebody wants
/// all. Each node is made once, and several threads may ask.
final class StoredDirectory extends AbstractMap<String, Node> {
  private final StoredIndex index;
  private final String path;
  private final int table;
  private final Map<String, Node> made = new HashMap<>();

  /// @param table where the table of its entries is
  StoredDirectory(StoredIndex index, String path, int table) {
    this.index = index;
    this.path = path;
    this.table = table;
  }

  @Override
  public int size() {
    return IndexInput.fixed(index.bytes(), table);
  }

  @Override
  public @Nullable Node get(Object name) {
    synchronized (index) {
      var known = made.get(name);
      return known != null || !(name instanceof String text) ? known : find(text);
    }
  }

  @Override
  public boolean containsKey(Object name) {
    return get(name) != null;
  }

  @Override
  public Set<Entry<String, Node>> entrySet() {
    synchronized (index) {
      for (int i = 0; made.size() < size(); i++) {
        make(index.name(place(i)), i);
      }
    }
    return Collections.unmodifiableMap(made).entrySet();
  }

  private @Nullable Node find(String name) {
    int low = 0;
    int high = size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = index.name(place(middle)).compareTo(name);
      if (order == 0) {
        return make(name, middle);
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return null;
  }

  private Node make(String name, int number) {
    return made.computeIfAbsent(name, _ -> index.child(path, place(number)));
  }

  private int place(int number) {
    return IndexInput.fixed(index.bytes(), table + (1 + number) * Integer.BYTES);
  }
}
