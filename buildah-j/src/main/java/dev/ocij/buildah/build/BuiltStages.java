package dev.ocij.buildah.build;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The stages of one build that are done. Safe for any number of threads.
final class BuiltStages {
  private final Map<Integer, BuiltStage> byIndex = new ConcurrentHashMap<>();

  void put(int index, BuiltStage stage) {
    byIndex.put(index, stage);
  }

  /// A stage that is done: no other is asked for.
  BuiltStage of(int index) {
    var stage = byIndex.get(index);
    if (stage == null) {
      throw new IllegalStateException("stage %d is needed before it is built".formatted(index));
    }
    return stage;
  }
}
