package dev.ocij.runtime.rootless;

import dev.ocij.runtime.Bundle;
import dev.ocij.runtime.ownership.OwnerKeeper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
  }

  private void begin() {
    actions.add(new InitAction.WorkingDirectory(bundle.config().process().cwd()));
    leaveRunner();
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
    actions.addAll(process.execute());
  }

  /// As late as the results of earlier calls are needed, and before a filter or a limit could
  /// forbid it.
  private void leaveRunner() {
    var kept = new ArrayList<Integer>();
    ends.owners().ifPresent(owners -> kept.add(owners.socket()));
    ends.hold().ifPresent(hold -> kept.addAll(List.of(hold.ready(), hold.start())));
    actions.add(new InitAction.LeaveRunner(List.copyOf(kept)));
  }
}
