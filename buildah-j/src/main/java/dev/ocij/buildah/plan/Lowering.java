package dev.ocij.buildah.plan;

import dev.ocij.buildah.instruction.Add;
import dev.ocij.buildah.instruction.Arg;
import dev.ocij.buildah.instruction.Cmd;
import dev.ocij.buildah.instruction.Copy;
import dev.ocij.buildah.instruction.Entrypoint;
import dev.ocij.buildah.instruction.Env;
import dev.ocij.buildah.instruction.Expose;
import dev.ocij.buildah.instruction.From;
import dev.ocij.buildah.instruction.HealthCheck;
import dev.ocij.buildah.instruction.Instruction;
import dev.ocij.buildah.instruction.Label;
import dev.ocij.buildah.instruction.Maintainer;
import dev.ocij.buildah.instruction.OnBuild;
import dev.ocij.buildah.instruction.Run;
import dev.ocij.buildah.instruction.Shell;
import dev.ocij.buildah.instruction.StopSignal;
import dev.ocij.buildah.instruction.User;
import dev.ocij.buildah.instruction.Volume;
import dev.ocij.buildah.instruction.Workdir;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Turns the instructions of one stage into steps.
public record Lowering(StageGraph graph, Stage stage) {

  /// The steps of the stage: what the base left for its children, then its own instructions.
  ///
  /// @param base the beginning of the stage, as [StageState#from] makes it
  public List<Step> steps(StageState base) {
    var instructions = Stream.concat(Triggers.of(base.config()), stage.instructions().stream());
    var steps = new ArrayList<Step>();
    var state = base.with(draft -> draft.onBuild.clear());
    for (var instruction : instructions.toList()) {
      var step = step(instruction, state);
      steps.add(step);
      state = step.after();
    }
    return steps;
  }

  /// The step of one instruction.
  public Step step(Instruction instruction, StageState state) {
    var config = new ConfigLowering(instruction.written(), state);
    return switch (instruction) {
      case Add add -> new CopyLowering(graph, stage, state).lower(add);
      case Arg arg -> config.declare(arg, graph.arguments());
      case Cmd cmd -> config.lower(cmd);
      case Copy copy -> new CopyLowering(graph, stage, state).lower(copy);
      case Entrypoint entrypoint -> config.lower(entrypoint);
      case Env env -> config.lower(env);
      case Expose expose -> config.lower(expose);
      case From from -> throw from.written().error("FROM inside a stage", "");
      case HealthCheck check -> config.lower(check);
      case Label label -> config.lower(label);
      case Maintainer maintainer -> config.lower(maintainer);
      case OnBuild onBuild -> config.lower(onBuild);
      case Run run -> new RunLowering(graph, stage, state).lower(run);
      case Shell shell -> config.lower(shell);
      case StopSignal signal -> config.lower(signal);
      case User user -> config.lower(user);
      case Volume volume -> config.lower(volume);
      case Workdir workdir -> config.lower(workdir);
    };
  }
}
