package dev.ocij.buildah.plan;

import dev.ocij.buildah.instruction.Command;
import dev.ocij.buildah.instruction.Mount;
import dev.ocij.buildah.instruction.MountFlag;
import dev.ocij.buildah.instruction.Run;
import dev.ocij.buildah.plan.RunStep.Execution;
import dev.ocij.buildah.text.Expansion;
import dev.ocij.buildah.text.Heredoc;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// RUN: the command and all that it sees.
record RunLowering(StageGraph graph, Stage stage, StageState state) {
  private static final String SCRIPTS = "/dev/pipes/";

  Step lower(Run run) {
    var execution = execution(run);
    var mounts = run.mounts().stream().map(flag -> mount(flag, run)).toList();
    return new RunStep(
        run.written(),
        identity(run, execution, mounts),
        state,
        createdBy(run),
        execution,
        environment(),
        mounts,
        run.network(),
        run.security(),
        run.devices());
  }

  private Execution execution(Run run) {
    if (!(run.command() instanceof Command.Line(String line)) || run.heredocs().isEmpty()) {
      return new Execution(run.command().arguments(state.shell()), null);
    }
    var first = run.heredocs().getFirst();
    if (run.heredocs().size() > 1 || !line.equals(first.marker().toString())) {
      return inShell(withDocuments(line, run.heredocs()));
    }
    var content = first.content().toString();
    return content.startsWith("#!")
        ? new Execution(List.of(SCRIPTS + first.name().replace('/', '-')), content)
        : inShell(content);
  }

  private Execution inShell(String text) {
    return new Execution(new Command.Line(text).arguments(state.shell()), null);
  }

  /// The line with its documents below it, for the shell to read.
  private static String withDocuments(String line, List<Heredoc> heredocs) {
    return heredocs.stream().map(Heredoc::text).collect(Collectors.joining("", line + "\n", ""));
  }

  private RunMount mount(MountFlag flag, Run run) {
    var expansion = new Expansion(run.written().escape(), state.variables());
    var mount = flag.mount(state.directory(), expansion::word);
    var from = flag.from();
    if (from != null) {
      return new RunMount(mount, graph.from(expansion.word(from), stage, from));
    }
    return new RunMount(
        mount, mount instanceof Mount.Bind ? new Origin.BuildContext() : new Origin.Scratch());
  }

  /// Environment, arguments that it does not hide, then proxies that neither does.
  private List<String> environment() {
    var all = new LinkedHashMap<>(state.environment());
    state.arguments().forEach(all::putIfAbsent);
    new TreeMap<>(graph.arguments().proxies()).forEach(all::putIfAbsent);
    return assignments(all);
  }

  private String identity(Run run, Execution execution, List<RunMount> mounts) {
    var parts = new ArrayList<Object>();
    parts.add(Arrays.asList(execution.arguments(), execution.script()));
    parts.add(assignments(new TreeMap<>(state.arguments())));
    mounts.forEach(mount -> parts.add(mount.toString()));
    parts.add(run.network());
    parts.add(run.security());
    parts.add(run.devices());
    return Identity.of("RUN", parts);
  }

  /// `|2 A=1 B=2 /bin/sh -c make`: the declared arguments by name, then what is executed.
  private String createdBy(Run run) {
    var arguments = assignments(new TreeMap<>(state.arguments()));
    var prefix =
        arguments.isEmpty()
            ? ""
            : "|%s %s ".formatted(arguments.size(), String.join(" ", arguments));
    return prefix + String.join(" ", command(run));
  }

  private List<String> command(Run run) {
    return run.command() instanceof Command.Line(String line) && !run.heredocs().isEmpty()
        ? new Command.Line(withDocuments(line, run.heredocs()).stripTrailing())
            .arguments(state.shell())
        : run.command().arguments(state.shell());
  }

  private static List<String> assignments(Map<String, String> values) {
    return values.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()).toList();
  }
}
