package dev.ocij.runtime.ownership;

import java.util.List;

/// Whom a process takes itself for.
record Credentials(Ids user, Ids group, List<Long> groups) {
  /// The id that means "leave as it is".
  static final long UNCHANGED = 0xffff_ffffL;

  Credentials {
    // As the kernel has them.
    groups = groups.stream().sorted().toList();
  }

  /// @param inFiles what new files get
  record Ids(long real, long effective, long saved, long inFiles) {
    static Ids of(long id) {
      return new Ids(id, id, id, id);
    }

    boolean has(long id) {
      return id == real || id == effective || id == saved;
    }

    /// As setresuid(2) does it.
    Ids with(long newReal, long newEffective, long newSaved) {
      long now = newEffective == UNCHANGED ? effective : newEffective;
      return new Ids(
          newReal == UNCHANGED ? real : newReal,
          now,
          newSaved == UNCHANGED ? saved : newSaved,
          now);
    }

    Ids withInFiles(long id) {
      return new Ids(real, effective, saved, id);
    }
  }

  static Credentials of(long uid, long gid, List<Long> groups) {
    return new Credentials(Ids.of(uid), Ids.of(gid), groups);
  }

  boolean isRoot() {
    return user.effective() == 0;
  }

  Credentials withUser(Ids ids) {
    return new Credentials(ids, group, groups);
  }

  Credentials withGroup(Ids ids) {
    return new Credentials(user, ids, groups);
  }

  Credentials withGroups(List<Long> all) {
    return new Credentials(user, group, all);
  }
}
