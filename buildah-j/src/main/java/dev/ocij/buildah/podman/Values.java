package dev.ocij.buildah.podman;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.term.LocalFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// What the values of options mean.
public final class Values {
  private Values() {}

  public static OciException usage(String sentence) {
    return new OciException(OciException.Category.USAGE, sentence);
  }

  public static OciException notYet(String what) {
    return new OciException(
        OciException.Category.UNSUPPORTED, what + " is not implemented yet; leave it out");
  }

  /// `NAME=VALUE`, `NAME` for the caller's value, `PREFIX*` for all of the caller's that begin so.
  public static List<String> environment(List<String> given, Map<String, String> caller) {
    return given.stream().flatMap(text -> variables(text, caller)).toList();
  }

  private static Stream<String> variables(String text, Map<String, String> caller) {
    if (text.startsWith("=")) {
      throw usage("invalid environment variable: " + Quoted.of(text));
    }
    if (text.contains("=")) {
      return Stream.of(text);
    }
    return text.endsWith("*")
        ? all(caller).filter(each -> each.startsWith(text.substring(0, text.length() - 1)))
        : Stream.ofNullable(caller.get(text)).map(value -> text + "=" + value);
  }

  public static Stream<String> all(Map<String, String> environment) {
    return environment.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue());
  }

  /// The lines of files, without comments and empty ones.
  public static List<String> lines(List<String> files) {
    return files.stream()
        .map(LocalFile::read)
        .flatMap(bytes -> new String(bytes, StandardCharsets.UTF_8).lines())
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
  }

  /// `KEY=VALUE`; without a value it is empty.
  public static Map<String, String> pairs(Stream<String> given) {
    var pairs = new LinkedHashMap<String, String>();
    given.forEach(text -> {
      int equals = text.indexOf('=');
      pairs.put(
          equals < 0 ? text : text.substring(0, equals),
          equals < 0 ? "" : text.substring(equals + 1));
    });
    return pairs;
  }

  /// Values that may be given as several options or in one, by commas.
  public static List<String> split(List<String> given) {
    return given.stream().flatMap(text -> Stream.of(text.split(","))).toList();
  }

  /// @param what it is the value of, for the message
  public static boolean truth(String text, String what) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "1", "t" -> true;
      case "false", "0", "f" -> false;
      default ->
          throw usage("invalid value of %s: expected true or false".formatted(Quoted.of(what)));
    };
  }

  /// A path that another process may read, wherever it is.
  public static String wholePath(String path) {
    return Path.of(path).toAbsolutePath().toString();
  }

  public static int octal(String text, String what) {
    try {
      return Integer.parseInt(text, 8);
    } catch (NumberFormatException _) {
      throw usage("invalid %s %s: expected an octal number".formatted(what, Quoted.of(text)));
    }
  }

  public static int number(String text, String what) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException _) {
      throw usage("invalid %s %s: expected a number".formatted(what, Quoted.of(text)));
    }
  }
}
