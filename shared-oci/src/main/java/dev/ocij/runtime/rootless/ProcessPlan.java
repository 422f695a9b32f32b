package dev.ocij.runtime.rootless;

import dev.ocij.linux.Architecture;
import dev.ocij.runtime.ContainerProcess;
import dev.ocij.runtime.Seccomp;
import dev.ocij.runtime.SeccompFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a program is allowed and how it begins, as actions: the same for the first one of a
/// container and for one that enters it.
///
/// @param powers what the process can until it gives them up
/// @param survives whether it goes on when the runner ends
record ProcessPlan(
    ContainerProcess process, @Nullable Seccomp seccomp, CapabilitySet powers, boolean survives) {
  private static final int USUAL_UMASK = 022;

  /// To be repeated where a change of identity or a fork undoes it.
  List<InitAction> dieWithRunner() {
    return survives ? List.of() : List.of(new InitAction.DieWithRunner());
  }

  /// How likely the kernel kills it when memory is short.
  List<InitAction> oomScore() {
    return process.oomScoreAdj() == null
        ? List.of()
        : List.of(new InitAction.OomScore(process.oomScoreAdj()));
  }

  /// After the mounts, for which a limit of open files may be too low.
  List<InitAction> limits(Host host) {
    var actions = new ArrayList<InitAction>();
    process.rlimits().forEach(limit -> actions.add(Limits.clamped(limit, host)));
    actions.add(
        new InitAction.Umask(Objects.requireNonNullElse(process.user().umask(), USUAL_UMASK)));
    return actions;
  }

  /// Who it is.
  InitAction identity(boolean mayCallSetgroups) {
    var user = process.user();
    return new InitAction.Identity(user.uid(), user.gid(), user.additionalGids(), mayCallSetgroups);
  }

  /// What it gives up for good.
  ///
  /// @param identity empty where its ids stand in a record and are not the process's own
  List<InitAction> confine(Optional<InitAction> identity) {
    var actions = new ArrayList<InitAction>();
    // Without no_new_privs the filter needs a power that the process is about to lose.
    if (!process.noNewPrivileges()) {
      filter().ifPresent(actions::add);
    }
    actions.addAll(losePowers(identity));
    if (process.noNewPrivileges()) {
      actions.add(new InitAction.NoNewPrivileges());
      filter().ifPresent(actions::add);
    }
    return actions;
  }

  private List<InitAction> losePowers(Optional<InitAction> identity) {
    var sets = process.capabilities();
    var actions = new ArrayList<InitAction>();
    if (sets != null && powers.has("CAP_SETPCAP")) {
      actions.add(new InitAction.BoundingSet(CapabilitySet.of(sets.bounding())));
    }
    identity.ifPresent(actions::add);
    actions.addAll(dieWithRunner());
    if (sets != null) {
      actions.add(InitAction.Capabilities.of(sets, powers));
    }
    return actions;
  }

  private Optional<InitAction> filter() {
    boolean allowed = process.noNewPrivileges() || powers.has("CAP_SYS_ADMIN");
    if (seccomp == null || !allowed) {
      return Optional.empty();
    }
    var filter = SeccompFilter.compile(seccomp, Architecture.current());
    return Optional.of(new InitAction.FilterSystemCalls(filter.bytes()));
  }

  /// The end of each plan.
  ///
  /// @param kept descriptors beside the standard streams that the program gets, in rising order
  List<InitAction> execute(List<Integer> kept) {
    return List.of(
        new InitAction.CloseDescriptors(kept),
        new InitAction.Execute(process.args(), process.env()));
  }
}
