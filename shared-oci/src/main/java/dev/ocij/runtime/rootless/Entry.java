package dev.ocij.runtime.rootless;

import dev.ocij.linux.Architecture;
import dev.ocij.runtime.ContainerProcess;
import dev.ocij.runtime.Seccomp;
import dev.ocij.runtime.SeccompFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One more program in a container that runs.
///
/// It may be started by whoever owns the user namespace of the container, from outside of it.
///
/// @param container its first process
/// @param terminal a terminal of the container's to take as standard streams, by its path there
/// @param survives whether it goes on when this process ends
public record Entry(
    HostProcess container,
    ContainerProcess process,
    @Nullable Seccomp seccomp,
    @Nullable String terminal,
    boolean survives) {
  private static final int USUAL_UMASK = 022;
  private static final CapabilitySet ALL = new CapabilitySet(-1L);

  List<InitAction> plan(Host host, Stdio stdio) {
    boolean foreignUsers = container.differs("user");
    var powers = foreignUsers ? ALL : host.capabilities();
    var actions = new ArrayList<InitAction>();
    begin(actions, stdio);
    // Who is in the container already may be an enemy of who comes with the runner's memory.
    actions.add(new InitAction.LeaveRunner(List.of((int) container.handle())));
    if (container.differs("mnt")) {
      actions.add(new InitAction.JoinProcess(container.handle(), container.namespaces()));
    } else {
      actions.add(new InitAction.UseRoot(container.root()));
      actions.add(new InitAction.ChangeRoot());
    }
    if (container.differs("pid")) {
      actions.add(new InitAction.Fork());
      if (!survives) {
        actions.add(new InitAction.DieWithRunner());
      }
    }
    actions.add(new InitAction.NewSession());
    actions.add(new InitAction.NewKeyring());
    if (terminal != null) {
      actions.add(new InitAction.TakeTerminal(terminal, process.user().uid()));
    }
    confine(actions, powers, host);
    return List.copyOf(actions);
  }

  private void begin(List<InitAction> actions, Stdio stdio) {
    if (!survives) {
      actions.add(new InitAction.DieWithRunner());
    }
    actions.add(new InitAction.DefaultSignals());
    actions.add(new InitAction.StandardStreams(stdio));
    if (process.oomScoreAdj() != null) {
      actions.add(new InitAction.OomScore(process.oomScoreAdj()));
    }
  }

  private void confine(List<InitAction> actions, CapabilitySet powers, Host host) {
    actions.add(new InitAction.WorkingDirectory(process.cwd()));
    process.rlimits().forEach(limit -> actions.add(Limits.clamped(limit, host)));
    actions.add(
        new InitAction.Umask(Objects.requireNonNullElse(process.user().umask(), USUAL_UMASK)));
    if (!process.noNewPrivileges()) {
      filter(actions, powers);
    }
    identity(actions, powers);
    if (process.noNewPrivileges()) {
      actions.add(new InitAction.NoNewPrivileges());
      filter(actions, powers);
    }
    actions.add(new InitAction.CloseDescriptors());
    actions.add(new InitAction.Execute(process.args(), process.env()));
  }

  private void identity(List<InitAction> actions, CapabilitySet powers) {
    var sets = process.capabilities();
    if (sets != null && powers.has("CAP_SETPCAP")) {
      actions.add(new InitAction.BoundingSet(CapabilitySet.of(sets.bounding())));
    }
    var user = process.user();
    actions.add(
        new InitAction.Identity(
            user.uid(), user.gid(), user.additionalGids(), container.mayCallSetgroups()));
    if (!survives) {
      actions.add(new InitAction.DieWithRunner());
    }
    if (sets != null) {
      actions.add(InitAction.Capabilities.of(sets, powers));
    }
  }

  private void filter(List<InitAction> actions, CapabilitySet powers) {
    if (seccomp != null && (process.noNewPrivileges() || powers.has("CAP_SYS_ADMIN"))) {
      actions.add(
          new InitAction.FilterSystemCalls(
              SeccompFilter.compile(seccomp, Architecture.current()).bytes()));
    }
  }
}
