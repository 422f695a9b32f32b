package dev.ocij.runtime.rootless;

import static dev.ocij.linux.Operand.ZERO;

import dev.ocij.linux.Errno;
import dev.ocij.linux.Operand;
import dev.ocij.linux.Structure;
import dev.ocij.runtime.Bundle;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Mounts as calls: what is mounted and where it goes are both handles, so that nothing can be
/// swapped between a look and the mount.
final class MountLowering {
  private static final Operand EMPTY_PATH = Operand.of("");
  private static final long AT_EMPTY_PATH = 0x1000;
  private static final long AT_RECURSIVE = 0x8000;
  private static final long OPEN_TREE_CLONE = 1;
  private static final long MOVE_BOTH_HANDLES = 0x44;
  private static final long MOVE_FROM_HANDLE = 0x04;
  private static final long CONFIG_FLAG = 0;
  private static final long CONFIG_STRING = 1;
  private static final long CONFIG_CREATE = 6;
  private static final long RECURSIVE_SLAVE = 0x4000 | 1 << 19;
  private static final int MOUNT_ATTR_SIZE = 32;
  private static final int PROPAGATION = 16;
  private static final Path OWN_NAMESPACE = Path.of("/proc/self/ns/mnt");

  /// Where a link in the place of the folder has deceived runtimes before.
  private static final Set<String> REAL_DIRECTORIES = Set.of("/proc", "/sys", "/dev");

  private final ProgramWriter writer;
  private final RootLowering root;
  private final Map<InitAction.BindMount, Operand> opened = new HashMap<>();

  MountLowering(ProgramWriter writer, RootLowering root) {
    this.writer = writer;
    this.root = root;
  }

  void ownMounts() {
    writer.call("mount", ZERO, Operand.of("/"), ZERO, Operand.of(RECURSIVE_SLAVE), ZERO);
  }

  /// Lower directories are named relative to the folder they share: all options must fit into 4096
  /// bytes.
  void overlay(Bundle.Overlay overlay, Path rootfs, boolean userXattrs) {
    var base = OverlayOptions.base(overlay.lowers());
    writer.call("chdir", Operand.of(base.toString()));
    writer.call(
        "mount",
        Operand.of("overlay"),
        Operand.of(rootfs.toString()),
        Operand.of("overlay"),
        ZERO,
        Operand.of(OverlayOptions.of(overlay, base, userXattrs)));
  }

  void bindOnItself(Path rootfs) {
    attachOutside(cloneOf(rootfs.toString(), AT_RECURSIVE), rootfs);
  }

  /// Attaches a mount to a path of the host.
  void attachOutside(Operand mount, Path path) {
    writer.call(
        "move_mount",
        mount,
        EMPTY_PATH,
        ProgramWriter.CURRENT_DIRECTORY,
        Operand.of(path.toString()),
        Operand.of(MOVE_FROM_HANDLE));
  }

  void fileSystem(InitAction.MountFileSystem mount) {
    var made = make(mount.type(), mount.options());
    attach(made, directory(mount.path()));
  }

  void openSource(InitAction.BindMount bind) {
    opened.put(bind, source(bind));
  }

  void bind(InitAction.BindMount bind) {
    var before = opened.get(bind);
    var tree = before == null ? source(bind) : before;
    attach(tree, bind.directory() ? directory(bind.path()) : root.file(bind.path()));
  }

  /// The process looks at it from there, for a mount can be copied only where it is seen. A link in
  /// its path leads nowhere else than there.
  void bindFrom(InitAction.BindFromProcess bind, ProcessLowering process) {
    var here = process.open(OWN_NAMESPACE);
    process.join(bind.process().resolve("ns/mnt"), Namespaces.MOUNT);
    openSource(bind.mount());
    writer.call("setns", here, Operand.of(Namespaces.MOUNT));
    bind(bind.mount());
  }

  private Operand source(InitAction.BindMount bind) {
    var options = bind.options();
    var tree = cloneOf(bind.source().toString(), options.recursive() ? AT_RECURSIVE : 0);
    if (options.attributes() != 0) {
      setAttributes(tree, options.attributes(), options.recursive() ? AT_RECURSIVE : 0);
    }
    var propagation = options.propagation();
    if (propagation.type() != 0) {
      var set = Structure.of(MOUNT_ATTR_SIZE).word(PROPAGATION, propagation.type());
      writer.call("mount_setattr", changed(tree, set, propagation.recursive() ? AT_RECURSIVE : 0));
    }
    return tree;
  }

  void device(String name) {
    var device = cloneOf("/dev/" + name, 0);
    attach(device, root.file("/dev/" + name));
  }

  void attachHandle(Operand mount, String path) {
    attach(mount, root.directory(path));
  }

  void mask(String path, boolean directory) {
    var nothing =
        directory
            ? make("tmpfs", MountOptions.parse(List.of("ro", "nosuid", "nodev", "noexec")))
            : cloneOf("/dev/null", 0);
    attachIfPresent(nothing, root.openIfPresent(path));
  }

  void readOnly(String path) {
    var target = root.openIfPresent(path);
    var tree =
        writer.callTolerating(
            Errno.EBADF,
            "open_tree",
            target,
            EMPTY_PATH,
            Operand.of(OPEN_TREE_CLONE | RootLowering.O_CLOEXEC | AT_EMPTY_PATH | AT_RECURSIVE));
    writer.callTolerating(
        Errno.EBADF, "mount_setattr", attributes(tree, MountOptions.READ_ONLY, AT_RECURSIVE));
    attachIfPresent(tree, target);
  }

  void readOnlyRoot() {
    setAttributes(root.handle(), MountOptions.READ_ONLY, 0);
  }

  /// Binds one path of the container on another.
  void bindInside(String from, String to) {
    var tree =
        writer.call(
            "open_tree",
            root.open(from),
            EMPTY_PATH,
            Operand.of(OPEN_TREE_CLONE | RootLowering.O_CLOEXEC | AT_EMPTY_PATH));
    attach(tree, root.file(to));
  }

  private Operand.Result directory(String path) {
    return REAL_DIRECTORIES.contains(path) ? root.realDirectory(path) : root.directory(path);
  }

  private Operand.Result make(String type, MountOptions options) {
    var context = writer.call("fsopen", Operand.of(type), Operand.of(1));
    for (var option : options.data()) {
      int equals = option.indexOf('=');
      var key = Operand.of(equals < 0 ? option : option.substring(0, equals));
      var value = equals < 0 ? ZERO : Operand.of(option.substring(equals + 1));
      writer.call(
          "fsconfig", context, Operand.of(equals < 0 ? CONFIG_FLAG : CONFIG_STRING), key, value);
    }
    writer.call("fsconfig", context, Operand.of(CONFIG_CREATE));
    return writer.call("fsmount", context, Operand.of(1), Operand.of(options.attributes()));
  }

  private Operand.Result cloneOf(String path, long flags) {
    return writer.call(
        "open_tree",
        ProgramWriter.CURRENT_DIRECTORY,
        Operand.of(path),
        Operand.of(OPEN_TREE_CLONE | RootLowering.O_CLOEXEC | flags));
  }

  private void setAttributes(Operand mount, long attributes, long flags) {
    writer.call("mount_setattr", attributes(mount, attributes, flags));
  }

  private static Operand[] attributes(Operand mount, long attributes, long flags) {
    return changed(mount, Structure.of(MOUNT_ATTR_SIZE).word(0, attributes), flags);
  }

  private static Operand[] changed(Operand mount, Structure set, long flags) {
    return new Operand[] {
      mount,
      EMPTY_PATH,
      Operand.of(AT_EMPTY_PATH | flags),
      set.memory(),
      Operand.of(MOUNT_ATTR_SIZE)
    };
  }

  private void attach(Operand mount, Operand target) {
    writer.call("move_mount", onto(mount, target));
  }

  private void attachIfPresent(Operand mount, Operand target) {
    writer.callTolerating(Errno.EBADF, "move_mount", onto(mount, target));
  }

  private static Operand[] onto(Operand mount, Operand target) {
    return new Operand[] {mount, EMPTY_PATH, target, EMPTY_PATH, Operand.of(MOVE_BOTH_HANDLES)};
  }
}
