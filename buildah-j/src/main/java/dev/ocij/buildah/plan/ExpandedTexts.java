package dev.ocij.buildah.plan;

import dev.ocij.buildah.instruction.Add;
import dev.ocij.buildah.instruction.Arg;
import dev.ocij.buildah.instruction.Assignment;
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
import dev.ocij.buildah.instruction.MountFlag;
import dev.ocij.buildah.instruction.OnBuild;
import dev.ocij.buildah.instruction.Paths;
import dev.ocij.buildah.instruction.Placing;
import dev.ocij.buildah.instruction.Run;
import dev.ocij.buildah.instruction.Shell;
import dev.ocij.buildah.instruction.StopSignal;
import dev.ocij.buildah.instruction.User;
import dev.ocij.buildah.instruction.Volume;
import dev.ocij.buildah.instruction.Workdir;
import dev.ocij.buildah.text.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The parts of an instruction in which the build puts values for variables, documents aside. What
/// a shell expands is not among them.
final class ExpandedTexts {
  private ExpandedTexts() {}

  static List<SourceText> of(Instruction instruction) {
    return switch (instruction) {
      case Add add -> of(add.paths(), add.placing(), add.checksum());
      case Arg arg ->
          arg.declarations().stream()
              .map(Arg.Declaration::fallback)
              .filter(Objects::nonNull)
              .toList();
      case Copy copy -> of(copy.paths(), copy.placing(), copy.from());
      case Env env -> of(env.assignments());
      case Expose expose -> expose.ports();
      case Label label -> of(label.assignments());
      case Run run -> run.mounts().stream().map(MountFlag::text).toList();
      case StopSignal signal -> List.of(signal.signal());
      case User user -> List.of(user.user());
      case Volume volume -> volume.paths();
      case Workdir workdir -> List.of(workdir.path());
      case Cmd _, Entrypoint _, From _, HealthCheck _, Maintainer _, OnBuild _, Shell _ ->
          List.of();
    };
  }

  private static List<SourceText> of(Paths paths, Placing placing, @Nullable SourceText other) {
    var texts = new ArrayList<>(paths.sources());
    texts.add(paths.destination());
    texts.addAll(placing.excludes());
    Stream.of(placing.chown(), placing.chmod(), other).filter(Objects::nonNull).forEach(texts::add);
    return texts;
  }

  private static List<SourceText> of(List<Assignment> assignments) {
    return assignments.stream().flatMap(each -> Stream.of(each.name(), each.value())).toList();
  }
}
