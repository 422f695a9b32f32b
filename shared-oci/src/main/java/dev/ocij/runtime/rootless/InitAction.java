package dev.ocij.runtime.rootless;

import dev.ocij.runtime.Bundle;
import dev.ocij.runtime.CapabilitySets;
import java.nio.file.Path;
import java.util.List;

/// A step of a container's start, in the words of containers. [Lowering] says which system calls
/// each one is. Paths with a leading slash and of type String are the container's.
sealed interface InitAction {
  /// No container survives its runner.
  record DieWithRunner() implements InitAction {}

  /// Becomes a program of its own. What follows has neither the memory of the runner nor its
  /// executable file, which the container's program would otherwise find as `/proc/self/exe`.
  ///
  /// @param descriptors that it keeps beside the standard streams
  record LeaveRunner(List<Integer> descriptors) implements InitAction {}

  /// Tells that all is ready, and waits for the start.
  ///
  /// @param ready a descriptor that gets one byte
  /// @param start a descriptor that a byte comes from
  record AwaitStart(int ready, int start) implements InitAction {}

  record NewSession() implements InitAction {}

  /// Leaves the session keyring of whoever started the runner for an empty one, where the kernel
  /// has keyrings and lets it.
  record NewKeyring() implements InitAction {}

  /// The JVM's handlers and what it ignores are none of the container's business.
  record DefaultSignals() implements InitAction {}

  record StandardStreams(Stdio stdio) implements InitAction {}

  /// @param flag the `CLONE_NEW…` flag of the namespace's type
  record JoinNamespace(Path file, long flag) implements InitAction {}

  /// Enters namespaces of a process.
  ///
  /// @param handle of the process, as pidfd_open(2) gives it
  /// @param flags the `CLONE_NEW…` flags of the types
  record JoinProcess(long handle, long flags) implements InitAction {}

  /// Makes namespaces of its own, but for processes, which only a child is in.
  ///
  /// @param flags the `CLONE_NEW…` flags of their types
  record NewNamespaces(long flags) implements InitAction {}

  /// What follows is done by a child of its own, which alone can be in another process namespace.
  record Fork() implements InitAction {}

  /// Takes a terminal of the container's as standard streams, and gives it to a user, where that is
  /// allowed.
  record TakeTerminal(String path, int user) implements InitAction {}

  /// What is mounted from here on is not seen outside.
  record OwnMounts() implements InitAction {}

  /// Opens what a later [BindMount] mounts, as long as the process is who started it: the
  /// container's root may not get there.
  record OpenSource(BindMount mount) implements InitAction {}

  /// Becomes root of a new user namespace, to whom all belongs that is made from here on.
  record BecomeRoot() implements InitAction {}

  /// @param userXattrs whether marks are kept in `user.overlay.…`, as user namespaces need
  record MountOverlay(Bundle.Overlay overlay, Path rootfs, boolean userXattrs)
      implements InitAction {}

  /// Attaches a root file system that was mounted before, and takes it as the root of all that
  /// follows.
  record AttachRoot(long mount, Path rootfs) implements InitAction {}

  /// Makes a mount of the root file system and takes it as the root of all that follows.
  record MountRoot(Path rootfs) implements InitAction {}

  /// Takes a folder as the root of all that follows.
  record UseRoot(Path rootfs) implements InitAction {}

  /// Makes a folder and those above it; existing ones stay as they are.
  record MakeDirectory(String path) implements InitAction {}

  record MountFileSystem(String type, String path, MountOptions options) implements InitAction {}

  record BindMount(Path source, boolean directory, String path, MountOptions options)
      implements InitAction {
    /// With another source.
    BindMount from(Path other) {
      return new BindMount(other, directory, path, options);
    }
  }

  /// Binds what a process sees, which sees other mounts than the host.
  ///
  /// @param process its folder in the host's `/proc`
  /// @param mount whose source is a path of that process
  record BindFromProcess(Path process, BindMount mount) implements InitAction {}

  /// Binds a device of the host's `/dev`.
  record BindDevice(String name) implements InitAction {}

  /// Makes a device node; nothing happens where the name is taken.
  record MakeDevice(String name, int major, int minor) implements InitAction {}

  record LinkInDev(String name, String target) implements InitAction {}

  /// Attaches a devpts that was made before, and takes its first terminal as standard streams.
  record UseTerminal(long devpts) implements InitAction {}

  /// Hides a path; nothing happens where there is none.
  record Mask(String path, boolean directory) implements InitAction {}

  /// Nothing happens where there is no such path.
  record ReadOnly(String path) implements InitAction {}

  record ReadOnlyRoot() implements InitAction {}

  record SetKernelParameter(String name, String value) implements InitAction {}

  /// Leaves the host's tree; nothing of it can be reached any more.
  record PivotRoot() implements InitAction {}

  record ChangeRoot() implements InitAction {}

  record WorkingDirectory(String path) implements InitAction {}

  record Hostname(String name) implements InitAction {}

  record LoopbackUp() implements InitAction {}

  record Limit(int resource, long soft, long hard) implements InitAction {}

  /// @param processes the file `cgroup.procs` of a control group
  record JoinControlGroup(Path processes) implements InitAction {}

  record OomScore(int adjustment) implements InitAction {}

  record Umask(int bits) implements InitAction {}

  /// Reduces what any program of the container can ever gain.
  record BoundingSet(CapabilitySet capabilities) implements InitAction {}

  /// @param groups the supplementary ones; none are set where the namespace forbids it
  record Identity(int uid, int gid, List<Integer> groups, boolean mayCallSetgroups)
      implements InitAction {}

  record Capabilities(
      CapabilitySet effective,
      CapabilitySet permitted,
      CapabilitySet inheritable,
      CapabilitySet ambient)
      implements InitAction {
    /// As far as the runner has them.
    static Capabilities of(CapabilitySets sets, CapabilitySet powers) {
      var permitted = CapabilitySet.of(sets.permitted()).and(powers);
      var inheritable = CapabilitySet.of(sets.inheritable()).and(powers);
      return new Capabilities(
          CapabilitySet.of(sets.effective()).and(powers),
          permitted,
          inheritable,
          // What is not in both, the kernel refuses.
          CapabilitySet.of(sets.ambient()).and(permitted).and(inheritable));
    }
  }

  record NoNewPrivileges() implements InitAction {}

  /// @param filter as `struct sock_filter` in memory
  record FilterSystemCalls(byte[] filter) implements InitAction {}

  /// The kernel asks about some calls from here on: what the filter gives to hear and to answer its
  /// questions is sent through a socket.
  ///
  /// @param listener the number that it has here
  /// @param filter as `struct sock_filter` in memory
  record ReportSystemCalls(int socket, int listener, byte[] filter) implements InitAction {}

  /// All but the standard streams and these, in rising order, are closed by execve.
  record CloseDescriptors(List<Integer> kept) implements InitAction {}

  record Execute(List<String> args, List<String> env) implements InitAction {}
}
