package dev.ocij.runtime.rootless;

import dev.ocij.runtime.ContainerProcess;
import dev.ocij.runtime.Seccomp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One more program in a container that runs.
///
/// It may be started by whoever owns the user namespace of the container, from outside of it.
///
/// @param container its first process
/// @param terminal a terminal of the container's to take as standard streams, by its path there
/// @param survives whether it goes on when this process ends
/// @param descriptors of this process's beside the standard streams that it gets too, in rising
///   order
public record Entry(
    HostProcess container,
    ContainerProcess process,
    @Nullable Seccomp seccomp,
    @Nullable String terminal,
    boolean survives,
    List<Integer> descriptors) {
  private static final CapabilitySet ALL = new CapabilitySet(-1L);

  List<InitAction> plan(Host host, Stdio stdio) {
    boolean foreignUsers = container.differs("user");
    var powers = foreignUsers ? ALL : host.capabilities();
    var begun = new ProcessPlan(process, seccomp, powers, survives);
    var actions = new ArrayList<InitAction>(begun.dieWithRunner());
    actions.add(new InitAction.DefaultSignals());
    actions.add(new InitAction.StandardStreams(stdio));
    actions.addAll(begun.oomScore());
    // Who is in the container already may be an enemy of who comes with the runner's memory.
    actions.add(new InitAction.LeaveRunner(List.of((int) container.handle())));
    actions.addAll(join());
    if (container.differs("pid")) {
      actions.add(new InitAction.Fork());
      actions.addAll(begun.dieWithRunner());
    }
    actions.add(new InitAction.NewSession());
    actions.add(new InitAction.NewKeyring());
    if (terminal != null) {
      actions.add(new InitAction.TakeTerminal(terminal, process.user().uid()));
    }
    actions.add(new InitAction.WorkingDirectory(process.cwd()));
    actions.addAll(begun.limits(host));
    actions.addAll(begun.confine(Optional.of(begun.identity(container.mayCallSetgroups()))));
    actions.addAll(begun.execute(descriptors));
    return List.copyOf(actions);
  }

  private List<InitAction> join() {
    return container.differs("mnt")
        ? List.of(new InitAction.JoinProcess(container.handle(), container.namespaces()))
        : List.of(new InitAction.UseRoot(container.root()), new InitAction.ChangeRoot());
  }
}
