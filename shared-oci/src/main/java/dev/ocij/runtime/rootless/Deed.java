package dev.ocij.runtime.rootless;

import dev.ocij.spec.Quoted;

/// An action in words, for the sentence that tells what failed.
final class Deed {
  private Deed() {}

  static String of(InitAction action) {
    return switch (action) {
      case InitAction.DieWithRunner _ -> "tie its life to the runner";
      case InitAction.LeaveRunner _ ->
          "become a program of its own in memory, which the sysctl vm.memfd_noexec may forbid";
      case InitAction.AwaitStart _ -> "wait for the start";
      case InitAction.NewSession _ -> "begin a session";
      case InitAction.NewKeyring _ -> "begin a session keyring";
      case InitAction.DefaultSignals _ -> "reset the signals";
      case InitAction.StandardStreams _ -> "hand over the standard streams";
      case InitAction.JoinNamespace(var file, _) -> "join the namespace " + quoted(file);
      case InitAction.JoinProcess _ -> "join the namespaces of the container";
      case InitAction.NewNamespaces _ -> "make namespaces that belong to the user namespace";
      case InitAction.Fork _ -> "begin a process in the container";
      case InitAction.TakeTerminal(var path, _) -> "take the terminal " + quoted(path);
      case InitAction.OwnMounts _ -> "separate its mounts from the host's";
      case InitAction.MountOverlay(_, var rootfs, _) -> "mount the overlay on " + quoted(rootfs);
      case InitAction.AttachRoot _ -> "attach the root file system";
      case InitAction.MountRoot(var rootfs) -> "mount the root file system " + quoted(rootfs);
      case InitAction.OpenSource(var mount) -> "open " + quoted(mount.source());
      case InitAction.BecomeRoot _ -> "become root of the container's user namespace";
      case InitAction.UseRoot(var rootfs) -> "enter the root file system " + quoted(rootfs);
      case InitAction.MakeDirectory(var path) -> "make the folder " + quoted(path);
      case InitAction.MountFileSystem(var type, var path, _) ->
          "mount %s on %s".formatted(type, quoted(path));
      case InitAction.BindMount(var source, _, var path, _) ->
          "bind %s on %s".formatted(quoted(source), quoted(path));
      case InitAction.BindFromProcess(var process, var mount) ->
          "%s, as process %s sees it".formatted(of(mount), process.getFileName());
      case InitAction.BindDevice(var name) -> "bind the device " + quoted(name);
      case InitAction.MakeDevice(var name, _, _) -> "make the device " + quoted(name);
      case InitAction.LinkInDev(var name, _) -> "make the link " + quoted("/dev/" + name);
      case InitAction.UseTerminal _ -> "take the terminal";
      case InitAction.Mask(var path, _) -> "mask " + quoted(path);
      case InitAction.ReadOnly(var path) -> "make %s read-only".formatted(quoted(path));
      case InitAction.ReadOnlyRoot _ -> "make the root file system read-only";
      case InitAction.SetKernelParameter(var name, _) -> "set the sysctl " + quoted(name);
      case InitAction.PivotRoot _, InitAction.ChangeRoot _ -> "change the root directory";
      case InitAction.WorkingDirectory(var path) -> "enter the workdir " + quoted(path);
      case InitAction.Hostname(var name) -> "set the hostname " + quoted(name);
      case InitAction.LoopbackUp _ -> "bring up the loopback interface";
      case InitAction.Limit _ -> "set resource limits";
      case InitAction.JoinControlGroup(var processes) ->
          "join the control group " + quoted(processes);
      case InitAction.OomScore _ -> "set the out-of-memory score";
      case InitAction.Umask _ -> "set the umask";
      case InitAction.BoundingSet _ -> "reduce the bounding set of capabilities";
      case InitAction.Identity(var uid, var gid, _, _) ->
          "become user %d:%d; ids that are not mapped cannot be taken".formatted(uid, gid);
      case InitAction.Capabilities _ -> "set capabilities";
      case InitAction.NoNewPrivileges _ -> "set no_new_privs";
      case InitAction.FilterSystemCalls _ -> "filter system calls";
      case InitAction.ReportSystemCalls _ ->
          "have calls about owners answered from a record, because only one user id is mapped";
      case InitAction.CloseDescriptors _ -> "close descriptors";
      case InitAction.Execute(var args, _) -> "run " + quoted(args.getFirst());
    };
  }

  private static String quoted(Object foreign) {
    return Quoted.of(foreign.toString());
  }
}
