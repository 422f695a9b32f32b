package dev.ocij.runtime;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Ids in the container: runtime-spec, "User".
///
/// @param umask permission bits that new files do not get
public record User(
    int uid,
    int gid,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Integer> additionalGids,
    @Nullable Integer umask) {
  public static final User ROOT = new User(0, 0, List.of(), null);

  public User(int uid, int gid, @Nullable List<Integer> additionalGids, @Nullable Integer umask) {
    this.uid = uid;
    this.gid = gid;
    this.additionalGids = Copies.of(additionalGids);
    this.umask = umask;
  }
}
