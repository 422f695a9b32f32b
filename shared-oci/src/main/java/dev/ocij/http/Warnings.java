package dev.ocij.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Tells each warning once, and no more than anybody reads.
public record Warnings(Consumer<String> out, Set<String> told) implements Consumer<String> {
  private static final int MOST = 100;

  public Warnings(Consumer<String> out) {
    this(out, ConcurrentHashMap.newKeySet());
  }

  @Override
  public void accept(String warning) {
    if (told.size() < MOST && told.add(warning)) {
      out.accept(warning);
    }
  }
}
