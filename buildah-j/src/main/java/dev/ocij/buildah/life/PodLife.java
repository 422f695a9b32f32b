package dev.ocij.buildah.life;

import dev.ocij.buildah.run.ContainerFolder;
import dev.ocij.buildah.run.ContainerState;
import dev.ocij.buildah.run.ContainerState.Status;
import dev.ocij.buildah.run.Containers;
import dev.ocij.buildah.run.Pod;
import dev.ocij.buildah.run.PodMember;
import dev.ocij.buildah.run.Pods;
import dev.ocij.buildah.run.RunningContainerException;
import dev.ocij.spec.OciException;
import dev.ocij.term.ExitCode;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// What is done to all containers of a pod at once. The infra container is the first to start and
/// the last to stop.
public record PodLife(Pods pods, Containers containers) {

  /// Starts those that do not run, and before them, one by one, those that are to end first.
  public void start(Pod pod) throws IOException {
    var members = members(pod);
    if (members.isEmpty()) {
      throw new OciException(
          OciException.Category.USAGE,
          "no containers in pod %s have no dependencies, cannot start pod: no such container"
              .formatted(pod.id()));
    }
    var starts = new Starts(containers);
    if (stopsWithLast(pod)) {
      announce(members, starts);
    }
    for (var member : inOrder(members)) {
      if (member.isAtRest()) {
        var folder = starts.take(member);
        if (folder.isPresent() && initial(member) != null) {
          runFirst(pod, member, folder.get(), starts);
        } else if (folder.isPresent()) {
          starts.behind(folder.get());
        }
      }
    }
  }

  /// The infra container, those that are to end first, the others.
  private static List<ContainerState> inOrder(List<ContainerState> members) {
    return members.stream()
        .sorted(
            Comparator.comparing((ContainerState each) -> !each.isInfra())
                .thenComparing(each -> initial(each) == null))
        .toList();
  }

  /// Who ends while others are still to be started is not the last.
  private static void announce(List<ContainerState> members, Starts starts) throws IOException {
    for (var member : members) {
      if (member.status() == Status.EXITED && !member.isInfra()) {
        try (var folder = starts.take(member).orElse(null)) {
          if (folder != null) {
            folder.write(folder.state().in(Status.CREATED));
          }
        }
      }
    }
  }

  private static boolean stopsWithLast(Pod pod) {
    return pod.exitPolicy().equals("stop");
  }

  private static @Nullable String initial(ContainerState container) {
    var member = container.settings().pod();
    return member == null ? null : member.initial();
  }

  /// What is to end before the others start.
  private void runFirst(Pod pod, ContainerState member, ContainerFolder folder, Starts starts)
      throws IOException {
    var silent = new Attachment.Wish(false, false, false, false, DetachKeys.usual());
    int status = starts.attached(folder, silent).orElse(ExitCode.TOOL_FAILED);
    if (status != 0) {
      throw new OciException(
          OciException.Category.USAGE,
          "start pod %s: container %s, which comes first, ended with %d; the others are not started; see podman-j logs %s"
              .formatted(pod.name(), member.name(), status, member.name()));
    }
    if (PodMember.ONCE.equals(initial(member))) {
      containers.remove(member, true);
    }
  }

  /// Stops those that run.
  ///
  /// @param seconds until they are killed; empty for what each of them says
  public void stop(Pod pod, OptionalInt seconds) throws IOException, InterruptedException {
    var endings = new Endings(containers);
    for (var member : members(pod).reversed()) {
      if (member.isActive()) {
        endings.stop(member, seconds.orElse(member.stopTimeout()), _ -> {});
      }
    }
  }

  public void kill(Pod pod, int signal) throws IOException {
    var endings = new Endings(containers);
    for (var member : members(pod).reversed()) {
      if (member.isActive()) {
        endings.kill(member, signal);
      }
    }
  }

  public void pause(Pod pod, boolean still) throws IOException, InterruptedException {
    var pauses = new Pauses(containers);
    for (var member : members(pod)) {
      if (still && member.status() == Status.RUNNING) {
        pauses.pause(member);
      } else if (!still && member.status() == Status.PAUSED) {
        pauses.unpause(member);
      }
    }
  }

  /// Removes it with all its containers, and the volumes that are its own.
  ///
  /// @param force whether those that run are killed
  /// @throws RunningContainerException where one runs that is not the infra container
  public void remove(Pod pod, boolean force) throws IOException {
    var members = members(pod);
    for (var member : members) {
      if (member.isActive() && !member.isInfra() && !force) {
        throw new OciException(
            OciException.Category.USAGE,
            "pod %s has containers that are not ready to be removed: %s"
                .formatted(pod.id(), new RunningContainerException(member.id()).sentence()));
      }
    }
    for (var member : members.reversed()) {
      containers.remove(member, true);
    }
    containers.volumes().removeOf(pod);
    pods.forget(pod);
  }

  /// In the words of `pod ps`.
  public String status(Pod pod) throws IOException {
    return status(members(pod));
  }

  /// As [#status(Pod)], of its containers.
  public static String status(List<ContainerState> members) {
    long running = count(members, Status.RUNNING);
    long exited = count(members, Status.EXITED);
    if (running > 0) {
      return running == members.size() ? "Running" : "Degraded";
    }
    if (exited > 0) {
      return exited == members.size() ? "Exited" : "Stopped";
    }
    boolean paused = !members.isEmpty() && count(members, Status.PAUSED) == members.size();
    return paused ? "Paused" : "Created";
  }

  private static long count(List<ContainerState> members, Status status) {
    return members.stream().filter(each -> each.status() == status).count();
  }

  /// A pod that is to stop with the last of its containers does so.
  void memberEnded(ContainerState ended) throws IOException, InterruptedException {
    var member = ended.settings().pod();
    if (member == null || member.infra() || member.initial() != null) {
      return;
    }
    for (var pod : pods.list()) {
      boolean stops = pod.id().equals(member.id()) && stopsWithLast(pod);
      if (stops
          && members(pod).stream()
              .allMatch(each ->
                  each.isInfra()
                      || each.id().equals(ended.id())
                      || each.status() == Status.EXITED)) {
        stop(pod, OptionalInt.empty());
      }
    }
  }

  private List<ContainerState> members(Pod pod) throws IOException {
    return Pods.members(containers, pod);
  }
}
