package dev.ocij.transport.registry;

import dev.ocij.spec.Digest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Which repositories of a registry were seen to hold a blob, by all that this process read and
/// wrote: advice for mounts, where a wrong entry costs a request.
public final class BlobLocations {
  private final Map<Key, Set<String>> repositories = new ConcurrentHashMap<>();

  void add(String registry, Digest blob, String repository) {
    repositories
        .computeIfAbsent(new Key(registry, blob), _ -> ConcurrentHashMap.newKeySet())
        .add(repository);
  }

  /// Another repository of the same registry that holds the blob.
  Optional<String> other(String registry, Digest blob, String repository) {
    return repositories.getOrDefault(new Key(registry, blob), Set.of()).stream()
        .filter(known -> !known.equals(repository))
        .findFirst();
  }

  private record Key(String registry, Digest blob) {
    /// As a record would have it; see [dev.ocij.spec.MediaType#equals].
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key && registry.equals(key.registry) && blob.equals(key.blob);
    }

    @Override
    public int hashCode() {
      return blob.hashCode();
    }
  }
}
