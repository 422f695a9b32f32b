package dev.ocij.trust;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// What names a key on a token: a PKCS#11 URI (RFC 7512). It may hold a PIN, so that it is never
/// shown behind its question mark.
///
/// @param path which key, by attributes
/// @param query how it is reached
public record TokenUri(Map<String, String> path, Map<String, String> query) {
  private static final String SCHEME = "pkcs11:";
  private static final Set<String> PATH = Set.of("token", "object", "type", "slot-id");
  private static final Set<String> QUERY = Set.of("module-path", "pin-value", "pin-source");
  private static final String FILE = "file:";
  private static final String ENVIRONMENT = "env:";

  public TokenUri {
    path = Map.copyOf(path);
    query = Map.copyOf(query);
  }

  /// Whether a text is meant to be one.
  public static boolean isMeant(String text) {
    return text.startsWith(SCHEME);
  }

  /// @throws OciException of category `USAGE` where it is none, or asks for what is not looked at
  public static TokenUri parse(String text) {
    if (!isMeant(text)) {
      throw invalid("it does not begin with " + SCHEME);
    }
    int mark = text.indexOf('?');
    var path = text.substring(SCHEME.length(), mark < 0 ? text.length() : mark);
    var query = mark < 0 ? "" : text.substring(mark + 1);
    var uri = new TokenUri(attributes(path, ";", PATH), attributes(query, "&", QUERY));
    if (!uri.path.getOrDefault("type", "private").equals("private")) {
      throw invalid("expected type=private");
    }
    if (!uri.path.containsKey("object")) {
      throw invalid("it names no key; add object=LABEL");
    }
    if (!uri.query.containsKey("module-path")) {
      throw invalid("it names no module; add ?module-path=FILE");
    }
    return uri;
  }

  public Path module() {
    return Path.of(query.getOrDefault("module-path", ""));
  }

  /// The label of the key.
  String object() {
    return path.getOrDefault("object", "");
  }

  /// The label of the token; empty where any will do.
  Optional<String> token() {
    return Optional.ofNullable(path.get("token"));
  }

  /// The number of its slot.
  Optional<Long> slot() {
    try {
      return Optional.ofNullable(path.get("slot-id")).map(Long::valueOf);
    } catch (NumberFormatException _) {
      throw invalid("slot-id is no number");
    }
  }

  /// What opens the token, from where the URI says; empty where it says nothing.
  ///
  /// @param environment gives the value of a variable
  /// @throws OciException where it is not there; without the PIN
  public Optional<Passphrase> pin(UnaryOperator<String> environment) {
    if (query.containsKey("pin-value")) {
      return Optional.ofNullable(query.get("pin-value")).map(Passphrase::of);
    }
    return Optional.ofNullable(query.get("pin-source")).map(source -> pin(source, environment));
  }

  private static Passphrase pin(String source, UnaryOperator<String> environment) {
    if (source.startsWith(ENVIRONMENT)) {
      var name = source.substring(ENVIRONMENT.length());
      var value = environment.apply(name);
      if (value == null) {
        throw invalid("the variable %s of its pin-source is not set".formatted(Quoted.of(name)));
      }
      return Passphrase.of(value);
    }
    if (source.startsWith("|")) {
      throw invalid("a pin-source that is a command is not run; name a file");
    }
    var file = source.startsWith(FILE) ? source.substring(FILE.length()) : source;
    return Passphrase.read(Path.of(file.replaceFirst("^//(?=/)", "")));
  }

  private static Map<String, String> attributes(String text, String between, Set<String> known) {
    var all = new LinkedHashMap<String, String>();
    for (var attribute : text.isEmpty() ? new String[0] : text.split(between, -1)) {
      int equals = attribute.indexOf('=');
      var name = attribute.substring(0, Math.max(0, equals));
      if (!known.contains(name)) {
        throw invalid(
            "its attribute %s is not looked at; there are %s"
                .formatted(Quoted.of(name), String.join(", ", known.stream().sorted().toList())));
      }
      if (all.put(name, decoded(attribute.substring(equals + 1))) != null) {
        throw invalid("its attribute \"%s\" is there twice".formatted(name));
      }
    }
    return all;
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) { // its sentence would show the value
      throw invalid("a value in it is not percent-encoded");
    }
  }

  private static OciException invalid(String found) {
    return new OciException(OciException.Category.USAGE, "read PKCS#11 URI: " + found);
  }

  /// Without the query.
  @Override
  public String toString() {
    return SCHEME
        + String.join(
            ";",
            path.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).sorted().toList());
  }
}
