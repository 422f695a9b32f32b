package dev.ocij.runtime.ownership;

import dev.ocij.layer.Owner;
import dev.ocij.linux.Errno;

/// Records the owners that files are given.
record OwnerCalls(ContainerPaths paths, Processes processes, FileRecords records) {

  /// @param user an id, or [Credentials#UNCHANGED]; `group` likewise
  Answer change(Notice notice, Named named, long user, long group) {
    var opened = paths.open(named);
    if (opened.isEmpty()) {
      return Answer.PROCEED;
    }
    try (var file = opened.get()) {
      var before = records.owner(file);
      var after =
          new Owner(
              user == Credentials.UNCHANGED ? before.uid() : user,
              group == Credentials.UNCHANGED ? before.gid() : group);
      if (after.equals(Owner.ROOT) && before.equals(Owner.ROOT)) {
        return Answer.PROCEED;
      }
      if (!allowed(processes.of(notice.thread()), before, after)) {
        return Answer.of(Errno.EPERM);
      }
      long result = file.touchOwner();
      if (result < 0) {
        return new Answer.Result(result);
      }
      records.setOwner(file, after);
      return Answer.DONE;
    }
  }

  /// An owner may give a file to a group that they belong to; all else is root's.
  private static boolean allowed(Credentials caller, Owner before, Owner after) {
    if (caller.isRoot()) {
      return true;
    }
    boolean own = caller.user().effective() == before.uid() && before.uid() == after.uid();
    boolean member =
        after.gid() == before.gid()
            || after.gid() == caller.group().effective()
            || caller.groups().contains(after.gid());
    return own && member;
  }
}
