package dev.ocij.transport.registry.auth;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import okhttp3.Response;

/// One challenge of a `WWW-Authenticate` header: RFC 9110, section 11.6.1.
///
/// @param scheme in lower case
/// @param parameters by name in lower case
public record Challenge(String scheme, Map<String, String> parameters) {
  public Challenge {
    parameters = Map.copyOf(parameters);
  }

  /// The challenge to answer: Bearer before Basic, as the registry that offers both means it.
  static Optional<Challenge> of(Response response) {
    var all = response.challenges().stream().map(Challenge::from).toList();
    return first(all, "bearer").or(() -> first(all, "basic"));
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
  }

  private static Optional<Challenge> first(List<Challenge> all, String scheme) {
    return all.stream().filter(challenge -> challenge.scheme.equals(scheme)).findFirst();
  }

  private static Challenge from(okhttp3.Challenge parsed) {
    var parameters = new LinkedHashMap<String, String>();
    parsed
        .authParams()
        .forEach((name, value) -> {
          if (name != null) {
            parameters.put(name.toLowerCase(Locale.ROOT), value);
          }
        });
    return new Challenge(parsed.scheme().toLowerCase(Locale.ROOT), parameters);
  }
}
