package dev.ocij.buildah.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.config.Environment;
import dev.ocij.runtime.IdMap;
import dev.ocij.runtime.IdMaps;
import dev.ocij.runtime.LinuxConfig.IdMapping;
import dev.ocij.runtime.RootFiles;
import dev.ocij.spec.FieldReader;
import dev.ocij.spec.FieldWriter;
import dev.ocij.spec.Json;
import dev.ocij.spec.JsonForm;
import dev.ocij.spec.OciException;
import dev.ocij.store.Locks;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The ids that containers of a store have got by [AutomaticIds]. Each remembers its own in its
/// folder, and they are free when that goes.
///
/// @param users of this process's namespace
record TakenIds(List<IdMapping> users, List<IdMapping> groups) implements JsonForm {
  private static final String FILE = "ids.json";
  private static final String LOCK = ".ids.lock";
  private static final String OWNER = "containers";

  private static TakenIds from(FieldReader json) {
    return new TakenIds(
        json.objects("users", IdMapping::from), json.objects("groups", IdMapping::from));
  }

  @Override
  public JsonNode json() {
    return new FieldWriter().list("users", users).list("groups", groups).node();
  }

  /// Takes ids for a container.
  ///
  /// @param folder of the container
  static IdMaps take(Path folder, AutomaticIds wish, RootFiles files, @Nullable String user)
      throws IOException {
    var lock = folder.resolveSibling(LOCK);
    try (var _ = Locks.exclusive(lock)) {
      var maps = wish.take(of(lock.resolveSibling("")), files, user);
      var own = new TakenIds(maps.uids().mappings(), maps.gids().mappings());
      Files.write(folder.resolve(FILE), Json.write(own));
      return maps;
    }
  }

  private static TakenIds of(Path containers) throws IOException {
    var users = new ArrayList<IdMapping>();
    var groups = new ArrayList<IdMapping>();
    try (var folders = Files.newDirectoryStream(containers)) {
      for (var folder : folders) {
        try {
          var taken = Json.read(Files.readAllBytes(folder.resolve(FILE)), TakenIds::from, FILE);
          users.addAll(taken.users);
          groups.addAll(taken.groups);
        } catch (FileSystemException _) {
          // It has none of these, or is no container.
        }
      }
    }
    return new TakenIds(users, groups);
  }

  /// The first of so many ids that nobody has.
  ///
  /// @param given ranges that are taken too
  long free(String kind, long count, List<IdMapping> given) {
    var available = available(kind);
    var taken = Stream.concat((kind.equals("uid") ? users : groups).stream(), given.stream());
    return free(available, taken.toList(), count)
        .orElseThrow(() ->
            new OciException(
                OciException.Category.UNAVAILABLE,
                ("run with --userns auto: there is no range of %d %ss that no container has;"
                        + " --userns auto:size= asks for fewer, and removed containers give theirs"
                        + " back")
                    .formatted(count, kind)));
  }

  static Optional<Long> free(List<IdMapping> available, List<IdMapping> taken, long count) {
    ToLongFunction<IdMapping> end = range -> range.hostID() + range.size();
    for (var range : available) {
      long start = range.hostID();
      while (start + count <= end.applyAsLong(range)) {
        long from = start;
        var met =
            taken.stream()
                .filter(each -> each.hostID() < from + count && end.applyAsLong(each) > from)
                .mapToLong(end)
                .max();
        if (met.isEmpty()) {
          return Optional.of(start);
        }
        start = met.getAsLong();
      }
    }
    return Optional.empty();
  }

  /// All of a user's subordinate ids; of root those of the user `containers`.
  private static List<IdMapping> available(String kind) {
    if (Environment.system().variables().containsKey("_OCIJ_USER")) {
      return List.of(new IdMapping(0, 1, IdMap.ofProcess(kind).size() - 1));
    }
    var file = Path.of("/etc/sub" + kind);
    var ranges = ranges(RootFiles.of(Path.of("/")).read(file.toString()).orElse(""));
    if (ranges.isEmpty()) {
      throw new OciException(
          OciException.Category.IMPOSSIBLE,
          ("run with --userns auto: no range of the user \"%s\" in %s, whose ids root's"
                  + " containers get; a line as containers:2147483647:2147483648 gives one")
              .formatted(OWNER, file));
    }
    return ranges;
  }

  static List<IdMapping> ranges(String subordinate) {
    return subordinate
        .lines()
        .filter(line -> line.matches(OWNER + ":[0-9]{1,10}:[0-9]{1,10}"))
        .map(line -> line.split(":"))
        .map(fields -> new IdMapping(0, Long.parseLong(fields[1]), Long.parseLong(fields[2])))
        .toList();
  }
}
