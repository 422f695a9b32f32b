package dev.ocij.buildah.plan;

import dev.ocij.buildah.instruction.Arg;
import dev.ocij.buildah.instruction.Copy;
import dev.ocij.buildah.instruction.Env;
import dev.ocij.buildah.instruction.From;
import dev.ocij.buildah.instruction.Instruction;
import dev.ocij.buildah.instruction.MountFlag;
import dev.ocij.buildah.instruction.OnBuild;
import dev.ocij.buildah.instruction.Run;
import dev.ocij.buildah.text.Expansion;
import dev.ocij.buildah.text.SourceText;
import dev.ocij.spec.ImageConfig;
import dev.ocij.spec.Platform;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds out what each stage starts with and needs.
///
/// A `--from` may hold variables. Which stage it names must be known before any image is, so the
/// environment of base images is not seen in it, only what the stage itself sets and declares.
///
/// @param firstBase takes the place of the first FROM's image; null for none
record StageReader(BuildArguments arguments, StageNames names, @Nullable String firstBase) {

  List<Stage> read(StageGroups groups) {
    var stages = new ArrayList<Stage>();
    var ends = new ArrayList<StageState>();
    for (var group : groups.stages()) {
      int index = stages.size();
      var base = base(group.from(), index);
      var start =
          base instanceof Origin.OfStage(int parent)
              ? StageState.from(ends.get(parent))
              : StageState.from(ImageConfig.scratch(Platform.of("", "")));
      var needs = new LinkedHashSet<Integer>();
      add(needs, base);
      var first =
          base instanceof Origin.OfStage(int parent)
              ? triggers(groups, parent)
              : Stream.<Instruction>of();
      var all = Stream.concat(first, group.instructions().stream()).toList();
      ends.add(scan(all, start, index, needs));
      stages.add(
          new Stage(
              index, group.from(), base, platform(group.from()), group.instructions(), needs));
    }
    return stages;
  }

  /// What a stage leaves for those that start with it.
  private static Stream<Instruction> triggers(StageGroups groups, int stage) {
    return groups.stages().get(stage).instructions().stream()
        .filter(OnBuild.class::isInstance)
        .map(each -> ((OnBuild) each).trigger());
  }

  private Origin base(From from, int index) {
    var written = index == 0 && firstBase != null ? firstBase : expand(from, from.image());
    return names.base(written, index, from.image());
  }

  private @Nullable String platform(From from) {
    if (from.platform() == null) {
      return null;
    }
    var platform = expand(from, from.platform());
    if (platform.isEmpty()) {
      throw from.platform()
          .error(
              "FROM --platform=%s names nothing".formatted(from.platform()),
              "give the argument a default before the first FROM");
    }
    return platform;
  }

  private String expand(From from, SourceText text) {
    return new Expansion(from.written().escape(), arguments.inFrom()).word(text);
  }

  /// Follows the variables of a stage as far as they are known, and collects what it needs.
  private StageState scan(
      List<Instruction> instructions, StageState start, int index, Set<Integer> needs) {
    var state = start;
    for (var instruction : instructions) {
      var expansion = new Expansion(instruction.written().escape(), state.variables());
      froms(instruction).forEach(text -> add(needs, names.from(expansion.word(text), index, text)));
      state = after(instruction, state);
    }
    return state;
  }

  private StageState after(Instruction instruction, StageState state) {
    return switch (instruction) {
      case Arg arg -> state.declare(arg, arguments);
      case Env env -> state.set(env);
      default -> state;
    };
  }

  private static Stream<SourceText> froms(Instruction instruction) {
    return switch (instruction) {
      case Copy copy -> Stream.ofNullable(copy.from());
      case Run run -> run.mounts().stream().map(MountFlag::from).filter(Objects::nonNull);
      default -> Stream.of();
    };
  }

  private static void add(Set<Integer> needs, Origin origin) {
    if (origin instanceof Origin.OfStage(int index)) {
      needs.add(index);
    }
  }
}
