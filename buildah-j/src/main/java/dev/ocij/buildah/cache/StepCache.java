package dev.ocij.buildah.cache;

import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Reason;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/// Layers by cache key, one small file each, shared by all builds on a store. A record is advice:
/// one that cannot be read, that was not written to its end, or whose layer is gone, is a miss.
///
/// @param directory made when the first record is written
public record StepCache(Path directory) {
  /// What the step with this key gave.
  ///
  /// @param tooOld whether a record of this time does not count any more
  public Optional<CachedStep> find(CacheKey key, Predicate<Instant> tooOld) {
    try {
      if (tooOld.test(Files.getLastModifiedTime(file(key)).toInstant())) {
        return Optional.empty();
      }
      var step = Json.read(Files.readAllBytes(file(key)), CachedStep::from, "cache record");
      // So that a prune knows which are in use.
      Files.setLastModifiedTime(file(key), FileTime.from(Instant.now()));
      return Optional.of(step);
    } catch (IOException | OciException _) {
      return Optional.empty();
    }
  }

  /// Remembers what a step gave; its layer is in the store already.
  public void put(CacheKey key, CachedStep step) {
    try {
      if (!Files.isDirectory(directory)) {
        Files.createDirectories(directory);
      }
      // In the place of another file, by a rename too, file systems bring it to the disk at once.
      Files.deleteIfExists(file(key));
      Files.write(file(key), Json.write(step), StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException _) {
      return; // another build has just given the same
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO,
          "write build cache %s: %s".formatted(directory, Reason.of(e)),
          e);
    }
  }

  /// Remembers that somebody came by here, with whatever inputs.
  public void note(CacheKey key) {
    try {
      Files.write(Files.createDirectories(directory).resolve(key.value().hex()), new byte[0]);
    } catch (IOException _) {
      // It only tells why a step is done again.
    }
  }

  /// Whether there is a record or a note, readable or not.
  public boolean knows(CacheKey key) {
    return Files.exists(file(key));
  }

  private Path file(CacheKey key) {
    return directory.resolve(key.value().hex());
  }
}
