package dev.ocij.runtime.rootless;

import dev.ocij.runtime.Bundle;
import dev.ocij.runtime.ownership.OwnerKeeper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The start of a container as a list, from its bundle and the host's facts alone.
///
/// The order matters: what needs the host's tree or powers comes before they are given up; masks
/// come after all mounts of the caller's; the filter comes as late as the kernel lets it.
final class InitPlan {
  private final Bundle bundle;
  private final Host host;
  private final RunnerEnds ends;
  private final ProcessPlan process;
  private final List<InitAction> actions = new ArrayList<>();

  private InitPlan(Bundle bundle, Host host, RunnerEnds ends) {
    var config = bundle.config();
    this.bundle = bundle;
    this.host = host;
    this.ends = ends;
    this.process =
        new ProcessPlan(
            config.process(),
            config.linux().seccomp(),
            host.capabilities(),
            ends.hold().isPresent());
  }

  /// @param ends what the container gets of its runner
  static List<InitAction> of(Bundle bundle, Host host, RunnerEnds ends) {
    var plan = new InitPlan(bundle, host, ends);
    plan.detach();
    plan.actions.addAll(RootPlan.of(bundle, host, ends.made()));
    plan.begin();
    return List.copyOf(plan.actions);
  }

  private void detach() {
    actions.addAll(process.dieWithRunner());
    actions.add(new InitAction.NewSession());
    actions.add(new InitAction.DefaultSignals());
    actions.add(new InitAction.Umask(0));
    actions.add(new InitAction.StandardStreams(ends.stdio()));
    actions.addAll(process.oomScore());
    processes().ifPresent(this::joinProcesses);
  }

  /// Who is in a process namespace already may be an enemy of who comes with the runner's memory;
  /// and only a child is in it.
  private void joinProcesses(Path file) {
    leaveRunner();
    actions.add(new InitAction.JoinNamespace(file, Namespaces.PID));
    actions.add(new InitAction.Fork());
    actions.addAll(process.dieWithRunner());
    actions.add(new InitAction.NewSession());
  }

  /// The process namespace to be in that is there already.
  private Optional<Path> processes() {
    return bundle.config().linux().namespaces().stream()
        .filter(namespace -> namespace.type().equals("pid"))
        .flatMap(namespace -> Stream.ofNullable(namespace.path()))
        .map(Path::of)
        .findFirst();
  }

  private void begin() {
    actions.add(new InitAction.WorkingDirectory(bundle.config().process().cwd()));
    if (processes().isEmpty()) {
      leaveRunner();
    }
    actions.add(new InitAction.NewKeyring());
    actions.addAll(process.limits(host));
    // From here on nothing is called that is asked about: nobody answers before the program runs.
    ends.owners()
        .ifPresent(owners ->
            actions.add(
                new InitAction.ReportSystemCalls(
                    owners.socket(), owners.listener(), OwnerKeeper.filter())));
    actions.addAll(
        process.confine(
            ends.owners().isPresent()
                ? Optional.empty()
                : Optional.of(process.identity(host.mayCallSetgroups()))));
    ends.hold()
        .ifPresent(hold -> actions.add(new InitAction.AwaitStart(hold.ready(), hold.start())));
    actions.addAll(process.execute(List.of()));
  }

  /// As late as the results of earlier calls are needed, and before a filter or a limit could
  /// forbid it. What was made before is used by then, but where this comes first.
  private void leaveRunner() {
    var kept = new ArrayList<Integer>();
    ends.owners().ifPresent(owners -> kept.add(owners.socket()));
    ends.hold().ifPresent(hold -> kept.addAll(List.of(hold.ready(), hold.start())));
    if (processes().isPresent()) {
      ends.made().devpts().ifPresent(devpts -> kept.add((int) devpts));
    }
    actions.add(new InitAction.LeaveRunner(List.copyOf(kept)));
  }
}
