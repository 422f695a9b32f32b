package dev.ocij.buildah.plan;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Puts stages behind those that they need.
final class StageOrder {
  private final List<Stage> stages;
  private final LinkedHashSet<Integer> done = new LinkedHashSet<>();
  private final LinkedHashSet<Integer> open = new LinkedHashSet<>();

  private StageOrder(List<Stage> stages) {
    this.stages = stages;
  }

  /// The stages to build for this target, which is the last of them.
  ///
  /// @param skipUnused whether to leave out those that it does not need; else all up to it are
  ///   built
  static List<Stage> of(List<Stage> stages, int target, boolean skipUnused) {
    var order = new StageOrder(stages);
    IntStream.rangeClosed(skipUnused ? target : 0, target).forEach(order::visit);
    return order.done.stream().<Stage>map(stages::get).toList();
  }

  private void visit(int index) {
    if (done.contains(index)) {
      return;
    }
    if (!open.add(index)) {
      throw circle(index);
    }
    stages.get(index).needs().stream().sorted().forEach(this::visit);
    open.remove(index);
    done.add(index);
  }

  private RuntimeException circle(int index) {
    var names =
        open.stream()
            .dropWhile(each -> each != index)
            .map(each -> shown(stages.get(each)))
            .collect(Collectors.joining(" needs "));
    return stages
        .get(index)
        .from()
        .written()
        .error(
            "stages need one another: %s needs %s".formatted(names, shown(stages.get(index))),
            "copy from an earlier stage");
  }

  private static String shown(Stage stage) {
    var name = stage.name();
    return name == null ? "stage " + stage.index() : "\"" + name + "\"";
  }
}
