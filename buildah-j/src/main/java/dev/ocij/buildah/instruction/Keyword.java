package dev.ocij.buildah.instruction;

import dev.ocij.buildah.text.Closest;
import dev.ocij.buildah.text.SourceText;
import dev.ocij.spec.Quoted;
import java.util.Arrays;
import java.util.function.Function;

/// The word that an instruction begins with, in any case of letters.
public enum Keyword {
  ADD(Add::parse),
  ARG(Arg::parse),
  CMD(Cmd::parse),
  COPY(Copy::parse),
  ENTRYPOINT(Entrypoint::parse),
  ENV(Env::parse),
  EXPOSE(Expose::parse),
  FROM(From::parse),
  HEALTHCHECK(HealthCheck::parse),
  LABEL(Label::parse),
  MAINTAINER(Maintainer::parse),
  ONBUILD(OnBuild::parse),
  RUN(Run::parse),
  SHELL(Shell::parse),
  STOPSIGNAL(StopSignal::parse),
  USER(User::parse),
  VOLUME(Volume::parse),
  WORKDIR(Workdir::parse);

  private final Function<Statement, Instruction> parser;

  Keyword(Function<Statement, Instruction> parser) {
    this.parser = parser;
  }

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
    return parser.apply(statement);
  }
}
