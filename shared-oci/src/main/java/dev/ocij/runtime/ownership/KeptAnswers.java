package dev.ocij.runtime.ownership;

import dev.ocij.linux.Architecture;
import dev.ocij.linux.Syscalls;
import dev.ocij.runtime.ownership.IdentityCalls.Half;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/// Which part of the record answers which call: the operands as in the manual, section 2.
final class KeptAnswers {
  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int O_CREATING = CreationCalls.O_CREAT | 01 | 01000;

  private final Map<Integer, Function<Notice, Answer>> answers = new HashMap<>();
  private final Architecture machine;

  private KeptAnswers(Architecture machine) {
    this.machine = machine;
  }

  static KeptAnswers of(Syscalls syscalls, Processes processes, FileRecords records) {
    var paths = new ContainerPaths(syscalls);
    var all = new KeptAnswers(Architecture.current());
    all.addStatus(new StatusCalls(syscalls, paths, records));
    all.addOwners(new OwnerCalls(paths, processes, records));
    all.addCreation(new CreationCalls(syscalls, paths, processes, records));
    all.addIdentity(new IdentityCalls(syscalls, processes));
    return all;
  }

  Answer answer(Notice notice) {
    return answers.getOrDefault(notice.number(), _ -> Answer.PROCEED).apply(notice);
  }

  private void addStatus(StatusCalls calls) {
    add("stat", n -> calls.stat(n, n.named(0, true), n.operands()[1]));
    add("lstat", n -> calls.stat(n, n.named(0, false), n.operands()[1]));
    add("fstat", n -> calls.stat(n, n.descriptor(0), n.operands()[1]));
    add("newfstatat", n -> calls.stat(n, n.named(0, 1, follows(n, 3)), n.operands()[2]));
    add(
        "statx",
        n -> calls.statx(n, n.named(0, 1, follows(n, 2)), n.operands()[4], n.operands()[3]));
  }

  private void addOwners(OwnerCalls calls) {
    add("chown", n -> calls.change(n, n.named(0, true), n.id(1), n.id(2)));
    add("lchown", n -> calls.change(n, n.named(0, false), n.id(1), n.id(2)));
    add("fchown", n -> calls.change(n, n.descriptor(0), n.id(1), n.id(2)));
    add("fchownat", n -> calls.change(n, n.named(0, 1, follows(n, 4)), n.id(2), n.id(3)));
  }

  private void addCreation(CreationCalls calls) {
    add("creat", n -> calls.open(n, n.named(0, true), O_CREATING, n.operands()[1]));
    add("open", n -> calls.open(n, n.named(0, true), n.integer(1), n.operands()[2]));
    add("openat", n -> calls.open(n, n.named(0, 1, true), n.integer(2), n.operands()[3]));
    add("mkdir", n -> calls.directory(n, n.named(0, true), n.operands()[1]));
    add("mkdirat", n -> calls.directory(n, n.named(0, 1, true), n.operands()[2]));
    add("symlink", n -> calls.symlink(n, n.named(1, false), n.operands()[0]));
    add("symlinkat", n -> calls.symlink(n, n.named(1, 2, false), n.operands()[0]));
    add("mknod", n -> calls.node(n, n.named(0, false), n.operands()[1], n.operands()[2]));
    add("mknodat", n -> calls.node(n, n.named(0, 1, false), n.operands()[2], n.operands()[3]));
  }

  private void addIdentity(IdentityCalls calls) {
    addIdentity(calls, Half.USER, "u");
    addIdentity(calls, Half.GROUP, "g");
    add("getgroups", calls::groups);
    add("setgroups", calls::setGroups);
  }

  private void addIdentity(IdentityCalls calls, Half half, String letter) {
    add("get" + letter + "id", n -> calls.real(n, half));
    add("gete" + letter + "id", n -> calls.effective(n, half));
    add("getres" + letter + "id", n -> calls.all(n, half));
    add("set" + letter + "id", n -> calls.set(n, half));
    add("setre" + letter + "id", n -> calls.setTwo(n, half));
    add("setres" + letter + "id", n -> calls.setThree(n, half));
    add("setfs" + letter + "id", n -> calls.setInFiles(n, half));
  }

  private void add(String call, Function<Notice, Answer> answer) {
    machine.number(call).ifPresent(number -> answers.put(number, answer));
  }

  private static boolean follows(Notice notice, int flags) {
    return (notice.operands()[flags] & AT_SYMLINK_NOFOLLOW) == 0;
  }
}
