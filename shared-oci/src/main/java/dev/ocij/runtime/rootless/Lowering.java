package dev.ocij.runtime.rootless;

import static dev.ocij.linux.Operand.ZERO;

import dev.ocij.linux.Operand;

/// Which system calls an [InitAction] is. The exhaustive switch; what takes more than a few calls
/// stands in [MountLowering], [RootLowering] and [ProcessLowering].
final class Lowering {
  private static final int CHARACTER_DEVICE = 0020000;

  private final ProgramWriter writer = new ProgramWriter();
  private final RootLowering root = new RootLowering(writer);
  private final MountLowering mounts = new MountLowering(writer, root);
  private final ProcessLowering process = new ProcessLowering(writer);

  SyscallProgram program() {
    return writer.program();
  }

  void add(InitAction action) {
    writer.begin(action);
    switch (action) {
      case InitAction.DieWithRunner _ -> process.dieWithRunner();
      case InitAction.LeaveRunner(var descriptors) -> process.leaveRunner(descriptors);
      case InitAction.AwaitStart(var ready, var start) -> process.awaitStart(ready, start);
      case InitAction.NewSession _ -> writer.call("setsid");
      case InitAction.NewKeyring _ -> process.newKeyring();
      case InitAction.DefaultSignals _ -> process.defaultSignals();
      case InitAction.StandardStreams(var stdio) -> process.standardStreams(stdio);
      case InitAction.JoinNamespace(var file, var flag) -> process.join(file, flag);
      case InitAction.JoinProcess(var handle, var flags) ->
          writer.call("setns", Operand.of(handle), Operand.of(flags));
      case InitAction.NewNamespaces(var flags) -> writer.call("unshare", Operand.of(flags));
      case InitAction.Fork _ -> process.fork();
      case InitAction.TakeTerminal(var path, var user) -> {
        process.controllingTerminal(root.open(path, 2, 0));
        process.giveTerminal(user);
      }
      case InitAction.OwnMounts _ -> mounts.ownMounts();
      case InitAction.MountOverlay(var overlay, var rootfs, var userXattrs) -> {
        mounts.overlay(overlay, rootfs, userXattrs);
        root.enter(rootfs);
      }
      case InitAction.AttachRoot(var mount, var rootfs) -> {
        mounts.attachOutside(Operand.of(mount), rootfs);
        root.enter(rootfs);
      }
      case InitAction.MountRoot(var rootfs) -> {
        mounts.bindOnItself(rootfs);
        root.enter(rootfs);
      }
      case InitAction.OpenSource(var mount) -> mounts.openSource(mount);
      case InitAction.BecomeRoot _ -> process.becomeRoot();
      case InitAction.UseRoot(var rootfs) -> root.enter(rootfs);
      case InitAction.MakeDirectory(var path) -> root.directory(path);
      case InitAction.MountFileSystem mount -> mounts.fileSystem(mount);
      case InitAction.BindMount bind -> mounts.bind(bind);
      case InitAction.BindFromProcess bind -> mounts.bindFrom(bind, process);
      case InitAction.BindDevice(var name) -> mounts.device(name);
      case InitAction.MakeDevice device -> makeDevice(device);
      case InitAction.LinkInDev(var name, var target) ->
          writer.create(
              "/dev/" + name, "symlinkat", Operand.of(target), root.open("/dev"), Operand.of(name));
      case InitAction.UseTerminal(var devpts) -> useTerminal(devpts);
      case InitAction.Mask(var path, var directory) -> mounts.mask(path, directory);
      case InitAction.ReadOnly(var path) -> mounts.readOnly(path);
      case InitAction.ReadOnlyRoot _ -> mounts.readOnlyRoot();
      case InitAction.SetKernelParameter parameter -> setKernelParameter(parameter);
      case InitAction.PivotRoot _ -> pivotRoot();
      case InitAction.ChangeRoot _ -> changeRoot();
      case InitAction.WorkingDirectory(var path) -> writer.call("fchdir", root.open(path));
      case InitAction.Hostname(var name) -> process.hostname(name);
      case InitAction.LoopbackUp _ -> process.loopbackUp();
      case InitAction.Limit limit -> process.limit(limit);
      case InitAction.JoinControlGroup(var processes) -> process.joinControlGroup(processes);
      case InitAction.OomScore(var adjustment) -> process.oomScore(adjustment);
      case InitAction.Umask(var bits) -> writer.call("umask", Operand.of(bits));
      case InitAction.BoundingSet(var capabilities) -> process.boundingSet(capabilities);
      case InitAction.Identity identity -> process.identity(identity);
      case InitAction.Capabilities capabilities -> process.capabilities(capabilities);
      case InitAction.NoNewPrivileges _ -> process.noNewPrivileges();
      case InitAction.FilterSystemCalls(var filter) -> process.filter(filter);
      case InitAction.ReportSystemCalls report -> process.report(report);
      case InitAction.CloseDescriptors(var kept) -> process.closeDescriptors(kept);
      case InitAction.Execute execute -> process.execute(execute);
    }
  }

  private void makeDevice(InitAction.MakeDevice device) {
    writer.create(
        "/dev/" + device.name(),
        "mknodat",
        root.directory("/dev"),
        Operand.of(device.name()),
        Operand.of(CHARACTER_DEVICE | 0666),
        Operand.of((long) device.major() << 8 | device.minor()));
  }

  private void useTerminal(long devpts) {
    mounts.attachHandle(Operand.of(devpts), "/dev/pts");
    mounts.bindInside("/dev/pts/0", "/dev/console");
    process.controllingTerminal(root.open("/dev/pts/0", 2, 0));
  }

  private void setKernelParameter(InitAction.SetKernelParameter parameter) {
    var file = root.open("/proc/sys/" + parameter.name().replace('.', '/'), 1, 0);
    process.write(file, parameter.value());
  }

  private void pivotRoot() {
    writer.call("fchdir", root.handle());
    writer.call("pivot_root", Operand.of("."), Operand.of("."));
    writer.call("umount2", Operand.of("."), Operand.of(2));
    writer.call("chdir", Operand.of("/"));
  }

  private void changeRoot() {
    writer.call("fchdir", root.handle());
    writer.call("chroot", Operand.of("."));
    writer.call("chdir", Operand.of("/"), ZERO);
  }
}
