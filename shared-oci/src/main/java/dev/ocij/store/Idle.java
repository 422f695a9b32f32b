package dev.ocij.store;

import dev.ocij.spec.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/// A store in which no container lives and nothing is built or changed: what may be thrown away at
/// will goes then, for trees that are mounted may not change.
public record Idle(Store store) {
  private static final List<String> LOCKS = List.of("alive.lock", ".lock");
  private static final String NEW = ".lock";

  /// What is done meanwhile.
  @FunctionalInterface
  public interface Work {
    void execute() throws IOException;
  }

  /// Does it at once, or not at all: nobody is waited for. New containers wait until it is done.
  ///
  /// @return whether it was done
  public boolean execute(Work work) throws IOException {
    store.create();
    Files.createDirectories(store.containers());
    try (var _ = Locks.exclusive(store.containers().resolve(NEW))) {
      var alone = store.images().tryAlone();
      if (alone.isEmpty()) {
        return false;
      }
      try (var _ = alone.get()) {
        if (lives()) {
          return false;
        }
        work.execute();
        return true;
      }
    }
  }

  private boolean lives() throws IOException {
    try (var folders = Files.newDirectoryStream(store.containers())) {
      for (var folder : folders) {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) && lives(folder)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean lives(Path folder) throws IOException {
    for (var name : LOCKS) {
      var file = folder.resolve(name);
      if (Files.exists(file)) {
        var free = Locks.tryExclusive(file);
        if (free.isEmpty()) {
          return true;
        }
        free.get().close();
      }
    }
    return isMounted(folder.resolve(Store.STATE));
  }

  private static boolean isMounted(Path state) throws IOException {
    return Files.exists(state)
        && Files.size(state) > 0
        && Json.readTree(Files.readAllBytes(state), state.toString())
            .path("mounted")
            .asBoolean(false);
  }
}
