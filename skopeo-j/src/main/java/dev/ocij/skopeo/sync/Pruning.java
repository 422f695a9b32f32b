package dev.ocij.skopeo.sync;

import dev.ocij.image.Index;
import dev.ocij.name.Location;
import dev.ocij.spec.Digest;
import dev.ocij.spec.OciException;
import dev.ocij.spec.OciException.Category;
import dev.ocij.transport.Transport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The tags that repositories have beyond what is mirrored into them. Repositories of which single
/// images were asked for stay as they are, and so do tags that are made of digests: they belong to
/// an image that is there under another name.
public final class Pruning {
  private static final Pattern OF_DIGEST = Pattern.compile("sha(256|512)-[0-9a-f]{64,128}.*");

  private final Transport registry;
  private final Set<String> mirrored;
  private final Set<String> repositories;
  private final String suffix;
  private final Map<String, Set<Digest>> kept = new HashMap<>();

  /// @param images all that are mirrored, none left out
  /// @param suffix what all tags of this mirror end with; others are somebody else's
  public Pruning(Transport registry, List<SyncedImage> images, String suffix) {
    this.registry = registry;
    this.mirrored = images.stream().map(image -> image.to().rest()).collect(Collectors.toSet());
    this.repositories =
        images.stream()
            .filter(SyncedImage::listed)
            .map(image -> repository(image.to().rest()))
            .collect(Collectors.toSet());
    this.suffix = suffix;
  }

  /// What is to be removed.
  public List<Location> surplus() throws IOException {
    var surplus = new ArrayList<Location>();
    for (var repository : repositories.stream().sorted().toList()) {
      for (var tag : tags(repository)) {
        if (isSurplus(repository, tag)) {
          surplus.add(new Location(registry.name(), repository + ":" + tag));
        }
      }
    }
    return surplus;
  }

  /// Removes a tag, alone where the registry can do that. Elsewhere its image goes, with all tags,
  /// so where one of those that stay leads to it nothing is done.
  ///
  /// @return whether the tag is gone
  public boolean remove(Location surplus) throws IOException {
    try {
      registry.deleteTag(surplus.rest());
      return true;
    } catch (OciException e) {
      if (e.category() == Category.NOT_FOUND) {
        return true;
      }
      if (e.category() != Category.UNSUPPORTED) {
        throw e;
      }
    }
    var there = digest(surplus.rest());
    if (there.isPresent() && kept(repository(surplus.rest())).contains(there.get())) {
      return false;
    }
    if (there.isPresent()) {
      registry.delete(surplus.rest());
    }
    return true;
  }

  /// Empty where it went with another tag of its image.
  private Optional<Digest> digest(String rest) throws IOException {
    try (var source = registry.openSource(rest)) {
      return Optional.of(source.document().digest());
    } catch (OciException e) {
      if (e.category() == Category.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private boolean isSurplus(String repository, String tag) {
    return tag.endsWith(suffix)
        && !OF_DIGEST.matcher(tag).matches()
        && !mirrored.contains(repository + ":" + tag);
  }

  private List<String> tags(String repository) throws IOException {
    try {
      return registry.tags(repository);
    } catch (OciException e) {
      if (e.category() == Category.NOT_FOUND) {
        return List.of();
      }
      throw e;
    }
  }

  /// What the tags that stay lead to, with the members of indexes.
  private Set<Digest> kept(String repository) throws IOException {
    var known = kept.get(repository);
    if (known == null) {
      known = new HashSet<>();
      for (var tag : tags(repository)) {
        if (!isSurplus(repository, tag)) {
          addAll(known, repository + ":" + tag);
        }
      }
      kept.put(repository, known);
    }
    return known;
  }

  private void addAll(Set<Digest> digests, String rest) throws IOException {
    try (var source = registry.openSource(rest)) {
      digests.add(source.document().digest());
      if (source.read() instanceof Index index) {
        index.members().forEach(member -> digests.add(member.descriptor().digest()));
      }
    }
  }

  private static String repository(String rest) {
    return rest.substring(0, rest.lastIndexOf(rest.indexOf('@') < 0 ? ':' : '@'));
  }
}
