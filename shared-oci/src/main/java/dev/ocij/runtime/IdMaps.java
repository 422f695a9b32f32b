package dev.ocij.runtime;

import dev.ocij.runtime.LinuxConfig.IdMapping;
import dev.ocij.spec.OciException;
import dev.ocij.spec.OciException.Category;
import java.util.ArrayList;

/// Which of the ids here are those of a container in a user namespace of its own. It has a root.
public record IdMaps(IdMap uids, IdMap gids) {

  public IdMaps {
    if (!uids.contains(0) || !gids.contains(0)) {
      throw new OciException(
          Category.USAGE, "map ids: the container gets no root; map its user and group 0");
    }
  }

  /// The maps of a configuration that has some.
  public static IdMaps of(LinuxConfig linux) {
    return new IdMaps(new IdMap(linux.uidMappings()), new IdMap(linux.gidMappings()));
  }

  /// The first of `count` ids becomes `kept`; the others stand for all else, in their order.
  public static IdMap keeping(long kept, long count) {
    long others = count - 1;
    long below = Math.min(kept, others);
    var mappings = new ArrayList<IdMapping>();
    if (below > 0) {
      mappings.add(new IdMapping(0, 1, below));
    }
    mappings.add(new IdMapping(kept, 0, 1));
    if (others > kept) {
      mappings.add(new IdMapping(kept + 1, kept + 1, others - kept));
    }
    return new IdMap(mappings);
  }

  /// Who a user of the container is here.
  ///
  /// @throws OciException where nobody is
  public long uid(long inside) {
    return outside("user", uids, inside);
  }

  /// Which group here one of the container is.
  ///
  /// @throws OciException where none is
  public long gid(long inside) {
    return outside("group", gids, inside);
  }

  private static long outside(String kind, IdMap map, long id) {
    return map.outside(id)
        .orElseThrow(() ->
            new OciException(
                Category.USAGE,
                "map ids: %s %d is not mapped; the map needs a range that has it"
                    .formatted(kind, id)));
  }
}
