package dev.ocij.buildah.provenance;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/// What a build has taken so far, by any number of threads.
public final class Materials {
  private final SequencedSet<Resource> taken = new LinkedHashSet<>();

  public synchronized void add(Resource resource) {
    taken.add(resource);
  }

  /// All of it, each once, in an order that does not depend on who was first.
  public synchronized List<Resource> sorted() {
    var all = new ArrayList<>(taken);
    all.sort((one, other) -> key(one).compareTo(key(other)));
    return all;
  }

  private static String key(Resource resource) {
    return resource.uri() + "\n" + resource.name() + "\n" + resource.digest();
  }
}
