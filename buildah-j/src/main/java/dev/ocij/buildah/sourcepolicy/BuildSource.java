package dev.ocij.buildah.sourcepolicy;

import dev.ocij.name.Reference;
import dev.ocij.spec.Digest;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Something that a build takes from elsewhere, as source policies name it.
///
/// @param identifier `docker-image://` and the full name of an image, the URL of a file, or
///   `git://` and the place of a repository; an image of another transport as it is written
/// @param attributes what else is known or asked of it
public record BuildSource(String identifier, Map<String, String> attributes) {
  /// The digest that a file of the web must have.
  public static final String CHECKSUM = "http.checksum";

  /// Where a repository is fetched.
  public static final String REMOTE = "git.fullurl";

  private static final String IMAGE = "docker-image://";
  private static final String GIT = "git://";

  public BuildSource {
    attributes = Map.copyOf(attributes);
  }

  /// An image of a registry, or of the store under a name of that kind.
  static BuildSource image(String name) {
    return new BuildSource(IMAGE + Reference.parse(name), Map.of());
  }

  /// An image that no registry is asked for, or one that a policy names so.
  static BuildSource other(String written) {
    return new BuildSource(written, Map.of());
  }

  /// A file of the web.
  ///
  /// @param checksum null for any
  public static BuildSource file(String url, @Nullable Digest checksum) {
    return new BuildSource(
        url, checksum == null ? Map.of() : Map.of(CHECKSUM, checksum.toString()));
  }

  /// A place in a Git repository.
  ///
  /// @param place host and path, with the reference behind `#`
  /// @param remote as it is fetched
  public static BuildSource repository(String place, String remote) {
    return new BuildSource(GIT + place, Map.of(REMOTE, remote));
  }

  /// The name of an image, or what it is written as.
  String imageName() {
    return identifier.startsWith(IMAGE) ? identifier.substring(IMAGE.length()) : identifier;
  }

  /// The place of a repository, or its whole URL.
  public String place() {
    return identifier.startsWith(GIT) ? identifier.substring(GIT.length()) : identifier;
  }

  /// This, changed: an empty identifier stays as it is, and attributes are added.
  BuildSource with(String changed, Map<String, String> added) {
    var all = new HashMap<>(attributes);
    all.putAll(added);
    return new BuildSource(changed.isEmpty() ? identifier : changed, all);
  }
}
