package dev.ocij.config;

import dev.ocij.name.Reference;
import dev.ocij.name.Repository;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.util.ArrayList;
import java.util.List;

/// What is said of the names below a prefix: one `[[registry]]`.
///
/// @param prefix `host`, `host/path`, or `*.domain`
/// @param location what takes the place of the prefix in reading; empty for the prefix itself
/// @param insecure whether plain HTTP and any certificate will do
/// @param blocked whether nothing is read or written there
/// @param mirrorByDigestOnly whether mirrors are asked for digests alone
record RegistryRule(
    String prefix,
    String location,
    boolean insecure,
    boolean blocked,
    boolean mirrorByDigestOnly,
    List<RegistryMirror> mirrors) {
  private static final String ENDS = ":/@";

  RegistryRule {
    mirrors = List.copyOf(mirrors);
  }

  /// How much of a full name this rule's prefix covers; -1 where the rule is not for it.
  int covers(String name) {
    if (!prefix.startsWith("*.")) {
      return name.startsWith(prefix) && endsAt(name, prefix.length()) ? prefix.length() : -1;
    }
    var domain = prefix.substring(1);
    int host = name.indexOf('/') < 0 ? name.length() : name.indexOf('/');
    int at = name.lastIndexOf(domain, host);
    int end = at + domain.length();
    return at > 0 && end <= host && endsAt(name, end) ? end : -1;
  }

  /// Where an image below the prefix may be read, the likeliest first, the registry itself last.
  List<RegistryPlace> places(Reference reference) {
    var name = reference.toString();
    var rest = name.substring(covers(name));
    boolean digested = reference instanceof Reference.Digested;
    var places = new ArrayList<RegistryPlace>();
    if (digested || !mirrorByDigestOnly) {
      mirrors.stream()
          .filter(mirror -> mirror.serves(digested))
          .map(mirror -> new RegistryPlace(moved(mirror.location() + rest), mirror.insecure()))
          .forEach(places::add);
    }
    var own = location.isEmpty() ? reference : moved(location + rest);
    places.add(new RegistryPlace(own, insecure));
    return List.copyOf(places);
  }

  private static boolean endsAt(String name, int end) {
    return end == name.length() || ENDS.indexOf(name.charAt(end)) >= 0;
  }

  private static Reference moved(String name) {
    if (!Repository.namesRegistry(name)) {
      throw new OciException(
          OciException.Category.INVALID,
          "registries.conf makes the name %s: it begins with no registry"
              .formatted(Quoted.of(name)));
    }
    return Reference.parse(name);
  }
}
