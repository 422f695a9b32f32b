package dev.ocij.name;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.util.Locale;
import java.util.regex.Pattern;

/// A repository of a registry: `host[:port]/path`, complete and in Docker's normal form.
///
/// @param registry host and, where it is not the scheme's own, port
/// @param path components separated by `/`
public record Repository(String registry, String path) implements Comparable<Repository> {
  static final String DEFAULT_REGISTRY = "docker.io";
  private static final String OFFICIAL = "library/";
  private static final int LONGEST = 255;
  private static final Pattern REGISTRY =
      Pattern.compile(
          "(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*"
              + "|\\[[0-9A-Fa-f:.]+])(?::[0-9]{1,5})?");
  private static final String COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
  private static final Pattern PATH = Pattern.compile(COMPONENT + "(?:/" + COMPONENT + ")*");

  public Repository {
    if (!REGISTRY.matcher(registry).matches()
        || !PATH.matcher(path).matches()
        || registry.length() + path.length() > LONGEST) {
      throw invalid(registry + "/" + path);
    }
  }

  /// Completes a name as Docker does: no host means docker.io, no namespace there means `library/`.
  /// The first component is a host only where it holds `.` or `:` or is `localhost`.
  public static Repository parse(String typed) {
    int slash = typed.indexOf('/');
    var first = slash < 0 ? "" : typed.substring(0, slash);
    if (isRegistry(first)) {
      return of(first, typed.substring(slash + 1));
    }
    return of(DEFAULT_REGISTRY, typed);
  }

  private static Repository of(String registry, String path) {
    var normal = registry.equals("index.docker.io") ? DEFAULT_REGISTRY : registry;
    boolean official = normal.equals(DEFAULT_REGISTRY) && path.indexOf('/') < 0;
    return new Repository(normal, official ? OFFICIAL + path : path);
  }

  /// Whether a typed name begins with a registry, so that completing it guesses nothing.
  public static boolean namesRegistry(String typed) {
    int slash = typed.indexOf('/');
    return slash > 0 && isRegistry(typed.substring(0, slash));
  }

  @Override
  public int compareTo(Repository other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return registry + "/" + path;
  }

  private static boolean isRegistry(String component) {
    return component.indexOf('.') >= 0
        || component.indexOf(':') >= 0
        || component.equals("localhost");
  }

  private static OciException invalid(String name) {
    var hint = name.equals(name.toLowerCase(Locale.ROOT)) ? "" : "; names are in lower case";
    return new OciException(
        OciException.Category.USAGE,
        "invalid reference format: %s%s".formatted(Quoted.of(name), hint));
  }
}
