package dev.ocij.buildah.instruction;

import dev.ocij.buildah.text.Closest;
import dev.ocij.buildah.text.SourceText;
import dev.ocij.spec.Quoted;
import java.util.Arrays;

/// The word that an instruction begins with, in any case of letters.
public enum Keyword {
  ADD,
  ARG,
  CMD,
  COPY,
  ENTRYPOINT,
  ENV,
  EXPOSE,
  FROM,
  HEALTHCHECK,
  LABEL,
  MAINTAINER,
  ONBUILD,
  RUN,
  SHELL,
  STOPSIGNAL,
  USER,
  VOLUME,
  WORKDIR;

  static Keyword of(SourceText word) {
    return Arrays.stream(values())
        .filter(keyword -> keyword.name().equalsIgnoreCase(word.toString()))
        .findFirst()
        .orElseThrow(() ->
            word.error(
                "unknown instruction " + Quoted.of(word.toString()),
                Closest.suggestion(
                    word.toString(), Arrays.stream(values()).map(Enum::name).toList())));
  }

  Instruction parse(Statement statement) {
    return switch (this) {
      case ADD -> Add.parse(statement);
      case ARG -> Arg.parse(statement);
      case CMD -> Cmd.parse(statement);
      case COPY -> Copy.parse(statement);
      case ENTRYPOINT -> Entrypoint.parse(statement);
      case ENV -> Env.parse(statement);
      case EXPOSE -> Expose.parse(statement);
      case FROM -> From.parse(statement);
      case HEALTHCHECK -> HealthCheck.parse(statement);
      case LABEL -> Label.parse(statement);
      case MAINTAINER -> Maintainer.parse(statement);
      case ONBUILD -> OnBuild.parse(statement);
      case RUN -> Run.parse(statement);
      case SHELL -> Shell.parse(statement);
      case STOPSIGNAL -> StopSignal.parse(statement);
      case USER -> User.parse(statement);
      case VOLUME -> Volume.parse(statement);
      case WORKDIR -> Workdir.parse(statement);
    };
  }
}
