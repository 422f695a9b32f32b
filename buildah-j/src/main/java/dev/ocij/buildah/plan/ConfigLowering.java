package dev.ocij.buildah.plan;

import dev.ocij.buildah.instruction.AbsolutePath;
import dev.ocij.buildah.instruction.Arg;
import dev.ocij.buildah.instruction.Assignment;
import dev.ocij.buildah.instruction.Cmd;
import dev.ocij.buildah.instruction.Command;
import dev.ocij.buildah.instruction.Entrypoint;
import dev.ocij.buildah.instruction.Env;
import dev.ocij.buildah.instruction.Expose;
import dev.ocij.buildah.instruction.HealthCheck;
import dev.ocij.buildah.instruction.Label;
import dev.ocij.buildah.instruction.Maintainer;
import dev.ocij.buildah.instruction.OnBuild;
import dev.ocij.buildah.instruction.Shell;
import dev.ocij.buildah.instruction.StopSignal;
import dev.ocij.buildah.instruction.User;
import dev.ocij.buildah.instruction.Volume;
import dev.ocij.buildah.instruction.Workdir;
import dev.ocij.buildah.instruction.Written;
import dev.ocij.buildah.text.Closest;
import dev.ocij.buildah.text.Expansion;
import dev.ocij.buildah.text.SourceText;
import dev.ocij.runtime.SignalNumber;
import dev.ocij.spec.ContainerConfig;
import dev.ocij.spec.Healthcheck;
import dev.ocij.spec.Quoted;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The instructions that change the configuration and nothing else.
record ConfigLowering(Written written, StageState state) {

  /// Values are no part of the step's identity: an argument that no later step uses leaves their
  /// results as they are, and those that use it carry it themselves.
  Step declare(Arg arg, BuildArguments build) {
    var names = arg.declarations().stream().map(Arg.Declaration::name).toList();
    return step("ARG", names, state.declare(arg, build));
  }

  Step lower(Cmd cmd) {
    var arguments = cmd.command().arguments(state.shell());
    return step("CMD", arguments, state.with(draft -> draft.cmd = arguments).withOwnCommand());
  }

  Step lower(Entrypoint entrypoint) {
    var arguments = entrypoint.command().arguments(state.shell());
    return config(
        "ENTRYPOINT",
        arguments,
        draft -> {
          draft.entrypoint = arguments;
          draft.cmd = state.ownCommand() ? draft.cmd : List.of();
        });
  }

  Step lower(Env env) {
    return step("ENV", expanded(env.assignments()), state.set(env));
  }

  Step lower(Label label) {
    var pairs = expanded(label.assignments());
    return config(
        "LABEL",
        pairs,
        draft -> {
          for (int i = 0; i < pairs.size(); i += 2) {
            draft.labels.put(pairs.get(i), pairs.get(i + 1));
          }
        });
  }

  Step lower(Expose expose) {
    var ports =
        expose.ports().stream()
            .flatMap(text -> expansion().words(text).stream().flatMap(p -> ports(p, text)))
            .toList();
    return config(
        "EXPOSE", ports, draft -> ports.forEach(port -> draft.exposedPorts.put(port, Map.of())));
  }

  Step lower(HealthCheck check) {
    var health =
        new Healthcheck(
            test(check),
            check.interval().toNanos(),
            check.timeout().toNanos(),
            check.startPeriod().toNanos(),
            check.startInterval().toNanos(),
            check.retries());
    return config("HEALTHCHECK", List.of(health), draft -> draft.healthcheck = health);
  }

  Step lower(Maintainer maintainer) {
    return step(
        "MAINTAINER",
        List.of(maintainer.author()),
        state.withImage(state.image().withAuthor(maintainer.author())));
  }

  Step lower(OnBuild onBuild) {
    var trigger = onBuild.written().arguments();
    return config("ONBUILD", List.of(trigger), draft -> draft.onBuild.add(trigger));
  }

  Step lower(Shell shell) {
    return config("SHELL", shell.words(), draft -> draft.shell = shell.words());
  }

  Step lower(StopSignal signal) {
    var name = expanded(signal.signal());
    if (SignalNumber.find(name).isEmpty()) {
      throw signal
          .signal()
          .error("unknown signal " + Quoted.of(name), Closest.question(name, SignalNumber.names()));
    }
    return config("STOPSIGNAL", List.of(name), draft -> draft.stopSignal = name);
  }

  Step lower(User user) {
    var name = expanded(user.user());
    return config("USER", List.of(name), draft -> draft.user = name);
  }

  Step lower(Volume volume) {
    var paths = volume.paths().stream().map(this::expanded).toList();
    return config(
        "VOLUME", paths, draft -> paths.forEach(path -> draft.volumes.put(path, Map.of())));
  }

  Step lower(Workdir workdir) {
    var path = AbsolutePath.of(state.directory(), expanded(workdir.path()));
    var after = state.with(draft -> draft.workingDir = path);
    return new ConfigStep(written, Identity.of("WORKDIR", List.of(path)), after, path);
  }

  private Step config(String keyword, List<?> arguments, Consumer<ContainerConfig.Draft> change) {
    return step(keyword, arguments, state.with(change));
  }

  private Step step(String keyword, List<?> arguments, StageState after) {
    return new ConfigStep(written, Identity.of(keyword, arguments), after, null);
  }

  private static Stream<String> ports(String text, SourceText at) {
    return Ports.parse(text, at).stream();
  }

  private static List<String> test(HealthCheck check) {
    return switch (check.command()) {
      case null -> List.of("NONE");
      case Command.Line line -> List.of("CMD-SHELL", line.text());
      case Command.Exec exec -> Stream.concat(Stream.of("CMD"), exec.arguments().stream()).toList();
    };
  }

  /// Names and values in turn.
  private List<String> expanded(List<Assignment> assignments) {
    return assignments.stream()
        .flatMap(each -> Stream.of(expanded(each.name()), expanded(each.value())))
        .toList();
  }

  private String expanded(SourceText text) {
    return expansion().word(text);
  }

  private Expansion expansion() {
    return new Expansion(written.escape(), state.variables());
  }
}
