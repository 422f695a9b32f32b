package dev.ocij.buildah.instruction;

import dev.ocij.buildah.text.Containerfile;
import java.util.List;

/// One instruction of a Containerfile, checked as far as it can be without the values of variables.
public sealed interface Instruction
    permits Add,
        Arg,
        Cmd,
        Copy,
        Entrypoint,
        Env,
        Expose,
        From,
        HealthCheck,
        Label,
        Maintainer,
        OnBuild,
        Run,
        Shell,
        StopSignal,
        User,
        Volume,
        Workdir {

  /// Where it stands, and how it was written.
  Written written();

  /// The instructions of a Containerfile, in order.
  static List<Instruction> parseAll(Containerfile containerfile) {
    return containerfile.lines().stream()
        .map(line -> parse(Statement.of(line, containerfile.directives().escape())))
        .toList();
  }

  static Instruction parse(Statement statement) {
    return Keyword.of(statement.keyword()).parse(statement);
  }
}
