package dev.ocij.buildah.contents;

import dev.ocij.name.Reference;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Names of packages that all ecosystems share: `pkg:TYPE/NAMESPACE/NAME@VERSION?QUALIFIERS`, as
/// the Package URL specification has them.
public final class PackageUrl {
  private PackageUrl() {}

  /// @param namespace components between slashes; empty for none
  /// @param version empty for none
  /// @param qualifiers those with an empty value are left out
  static String of(
      String type, String namespace, String name, String version, Map<String, String> qualifiers) {
    var url = new StringBuilder("pkg:").append(type).append('/');
    Arrays.stream(namespace.split("/"))
        .filter(part -> !part.isEmpty())
        .forEach(part -> url.append(encoded(part)).append('/'));
    url.append(encoded(name));
    if (!version.isEmpty()) {
      url.append('@').append(encoded(version));
    }
    var query =
        new TreeMap<>(qualifiers)
            .entrySet().stream()
                .filter(each -> !each.getValue().isEmpty())
                .map(each -> each.getKey() + "=" + encoded(each.getValue()))
                .collect(Collectors.joining("&"));
    return query.isEmpty() ? url.toString() : url.append('?').append(query).toString();
  }

  /// The name of an image.
  public static String ofImage(Reference reference, String platform) {
    var repository = reference.repository();
    boolean hub = repository.registry().equals("docker.io");
    var path = hub ? repository.path().replaceFirst("^library/", "") : repository.toString();
    int slash = path.lastIndexOf('/');
    return of(
        "docker",
        path.substring(0, Math.max(0, slash)).toLowerCase(Locale.ROOT),
        path.substring(slash + 1),
        reference.tagOrDigest(),
        Map.of("platform", platform));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~")
        .replace("%3A", ":");
  }
}
