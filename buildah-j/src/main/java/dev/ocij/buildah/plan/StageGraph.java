package dev.ocij.buildah.plan;

import dev.ocij.buildah.instruction.Arg;
import dev.ocij.buildah.instruction.Instruction;
import dev.ocij.buildah.text.Closest;
import dev.ocij.buildah.text.SourceText;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The stages of a Containerfile and what they need of one another.
///
/// @param target the index of the stage whose image is wanted
/// @param skipsUnused whether stages are left out that the target does not need
/// @param order the stages to build, each behind those that it needs
/// @param unconsumed the caller's arguments that no ARG declares, sorted
public record StageGraph(
    BuildArguments arguments,
    List<Stage> stages,
    int target,
    boolean skipsUnused,
    List<Stage> order,
    List<String> unconsumed,
    StageNames names) {
  private static final Pattern INDEX = Pattern.compile("[0-9]{1,9}");

  /// Groups instructions into stages and finds out which of them are needed.
  ///
  /// @throws dev.ocij.buildah.text.ContainerfileException if there is no stage, or stages need one
  ///   another in a circle
  public static StageGraph of(List<Instruction> instructions, PlanRequest request) {
    var groups = StageGroups.of(instructions);
    var arguments = BuildArguments.of(request);
    for (var arg : groups.global()) {
      arguments = arguments.declare(arg);
    }
    var names = new StageNames(groups.names(), request.namedContexts());
    var stages = new StageReader(arguments, names, request.base()).read(groups);
    int target = target(request, names, stages.size());
    return new StageGraph(
        arguments,
        stages,
        target,
        request.skipUnused(),
        StageOrder.of(stages, target, request.skipUnused()),
        unconsumed(instructions, arguments),
        names);
  }

  /// The same, where a stage was found to need another one.
  ///
  /// @throws dev.ocij.buildah.text.ContainerfileException where they need one another in a circle
  public StageGraph with(LateNeedException late) {
    var more = new ArrayList<>(stages);
    more.set(late.stage(), stages.get(late.stage()).needing(late.needed()));
    var changed = StageOrder.of(more, target, skipsUnused);
    return new StageGraph(arguments, more, target, skipsUnused, changed, unconsumed, names);
  }

  /// What a `--from` in this stage names.
  ///
  /// @throws LateNeedException where that is a stage which the Containerfile itself does not name
  Origin from(String name, Stage stage, SourceText at) {
    var origin = names.from(name, stage.index(), at);
    if (origin instanceof Origin.OfStage(int index) && !stage.needs().contains(index)) {
      throw new LateNeedException(stage.index(), index);
    }
    return origin;
  }

  private static int target(PlanRequest request, StageNames names, int stages) {
    var wanted = request.target();
    if (wanted == null || wanted.isEmpty()) {
      return stages - 1;
    }
    int byName = names.stages().lastIndexOf(wanted.toLowerCase(Locale.ROOT));
    if (byName >= 0) {
      return byName;
    }
    if (INDEX.matcher(wanted).matches() && Integer.parseInt(wanted) < stages) {
      return Integer.parseInt(wanted);
    }
    throw new OciException(
        OciException.Category.USAGE,
        "build target %s: no such stage; %s"
            .formatted(
                Quoted.of(wanted),
                names.named().isEmpty()
                    ? "stages are 0 to " + (stages - 1)
                    : Closest.suggestion(wanted, names.named())));
  }

  private static List<String> unconsumed(List<Instruction> instructions, BuildArguments arguments) {
    var declared =
        instructions.stream()
            .flatMap(each -> each instanceof Arg arg ? arg.declarations().stream() : Stream.of())
            .map(Arg.Declaration::name)
            .toList();
    return arguments.given().keySet().stream()
        .filter(name -> !declared.contains(name) && !arguments.isPredefined(name))
        .sorted()
        .toList();
  }
}
