package dev.ocij.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.FieldReader;
import dev.ocij.spec.FieldWriter;
import dev.ocij.spec.JsonForm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Ids in the container: runtime-spec, "User".
///
/// @param umask permission bits that new files do not get
public record User(int uid, int gid, List<Integer> additionalGids, @Nullable Integer umask)
    implements JsonForm {
  public static final User ROOT = new User(0, 0, List.of(), null);

  public User(int uid, int gid, @Nullable List<Integer> additionalGids, @Nullable Integer umask) {
    this.uid = uid;
    this.gid = gid;
    this.additionalGids = Copies.of(additionalGids);
    this.umask = umask;
  }

  static User from(FieldReader json) {
    return new User(
        json.integer("uid"),
        json.integer("gid"),
        json.integers("additionalGids"),
        json.integerOrNull("umask"));
  }

  @Override
  public JsonNode json() {
    return new FieldWriter()
        .put("uid", uid)
        .put("gid", gid)
        .list("additionalGids", additionalGids)
        .present("umask", umask)
        .node();
  }
}
