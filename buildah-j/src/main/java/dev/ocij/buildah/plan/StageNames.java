package dev.ocij.buildah.plan;

import dev.ocij.buildah.text.Closest;
import dev.ocij.buildah.text.SourceText;
import dev.ocij.spec.Quoted;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// What the names in FROM and `--from` stand for: named contexts hide stages, stages hide images.
///
/// @param stages the names of all stages by index; empty for those without one
record StageNames(List<String> stages, Map<String, Origin> contexts) {
  private static final Pattern INDEX = Pattern.compile("[0-9]{1,9}");
  private static final String SCRATCH = "scratch";

  /// What the stage with this index starts with.
  ///
  /// @param at what names it, before expansion
  Origin base(String name, int index, SourceText at) {
    if (name.isEmpty()) {
      throw at.error(
          "FROM %s names nothing".formatted(Quoted.of(at.toString())),
          "give the argument a default before the first FROM");
    }
    int earlier = stages.subList(0, index).lastIndexOf(name.toLowerCase(Locale.ROOT));
    return found(name, earlier);
  }

  /// What `--from` names in the stage with this index; a stage further down may be meant too.
  Origin from(String name, int index, SourceText at) {
    if (name.isEmpty()) {
      throw at.error(
          "%s names nothing".formatted(Quoted.of(at.toString())), "expected a stage or an image");
    }
    if (INDEX.matcher(name).matches() && !contexts.containsKey(name)) {
      return byIndex(Integer.parseInt(name), index, at);
    }
    var wanted = name.toLowerCase(Locale.ROOT);
    int earlier = stages.subList(0, index).lastIndexOf(wanted);
    return found(name, earlier >= 0 ? earlier : stages.indexOf(wanted));
  }

  private Origin found(String name, int stage) {
    var context = contexts.get(name);
    if (context != null) {
      return context;
    }
    if (stage >= 0) {
      return new Origin.OfStage(stage);
    }
    return name.equals(SCRATCH)
        ? new Origin.Scratch()
        : new Origin.OfImage(name, Closest.question(name, named()));
  }

  private static Origin byIndex(int wanted, int index, SourceText at) {
    if (wanted >= index) {
      throw at.error(
          "no stage %d before this one".formatted(wanted),
          index == 0 ? "this is the first stage" : "known are 0 to " + (index - 1));
    }
    return new Origin.OfStage(wanted);
  }

  /// The names of stages that have one.
  List<String> named() {
    return stages.stream().filter(name -> !name.isEmpty()).toList();
  }
}
