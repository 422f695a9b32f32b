package dev.ocij.buildah.cli;

import dev.ocij.buildah.build.Lent;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.term.LocalFile;
import dev.ocij.term.Options;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What `build` lends to commands of RUN: secrets, and the sockets of SSH agents.
final class LentFlags {
  private static final Set<String> KEYS = Set.of("id", "src", "source", "env", "type");
  private static final int LARGEST_SECRET = 500 << 10;
  private static final String AGENT = "SSH_AUTH_SOCK";

  private final Supplier<List<String>> secrets;
  private final Supplier<List<String>> agents;

  LentFlags(Options options) {
    secrets =
        options.texts(
            "--secret",
            "id=ID[,src=PATH][,env=NAME][,type=file|env]",
            "a secret for RUN --mount=type=secret");
    agents =
        options.texts(
            "--ssh", "default|ID[=SOCKET]", "the socket of an agent for RUN --mount=type=ssh");
  }

  Lent lent(Map<String, String> environment) {
    var contents = new LinkedHashMap<String, byte[]>();
    for (var given : secrets.get()) {
      addSecret(given, environment, contents);
    }
    var sockets = new LinkedHashMap<String, Path>();
    for (var given : agents.get()) {
      int equals = given.indexOf('=');
      var id = equals < 0 ? given : given.substring(0, equals);
      sockets.put(
          id.isEmpty() ? "default" : id,
          socket(given, equals < 0 ? environment.get(AGENT) : given.substring(equals + 1)));
    }
    return new Lent(contents, sockets);
  }

  private static void addSecret(
      String given, Map<String, String> environment, Map<String, byte[]> contents) {
    var fields = fields(given);
    var id = fields.getOrDefault("id", "");
    if (id.isEmpty()) {
      throw invalid(given, "expected id=ID,src=PATH or id=ID,env=NAME");
    }
    if (contents.put(id, content(given, id, fields, environment)) != null) {
      throw invalid(given, "the id stands twice; keep one");
    }
  }

  /// A source without a type is a file, and an id alone a variable of that name, or else a file.
  private static byte[] content(
      String given, String id, Map<String, String> fields, Map<String, String> environment) {
    var source = fields.getOrDefault("src", fields.get("source"));
    var variable = fields.get("env");
    return switch (fields.getOrDefault("type", "")) {
      case "file" -> file(given, source == null ? id : source);
      case "env" -> {
        var name = variable == null ? source : variable;
        yield variable(given, name == null ? id : name, environment);
      }
      case "" -> {
        boolean named = source != null || (!environment.containsKey(id) && isFile(id));
        yield variable == null && named
            ? file(given, source == null ? id : source)
            : variable(given, variable == null ? id : variable, environment);
      }
      case String type -> throw invalid(given, "unknown type %s".formatted(Quoted.of(type)));
    };
  }

  private static boolean isFile(String name) {
    return Files.isRegularFile(Path.of(name));
  }

  private static byte[] file(String given, String name) {
    var content = LocalFile.read(name);
    if (content.length > LARGEST_SECRET) {
      throw invalid(given, "the file is larger than %d bytes".formatted(LARGEST_SECRET));
    }
    return content;
  }

  private static byte[] variable(String given, String name, Map<String, String> environment) {
    var value = environment.get(name);
    if (value == null) {
      throw invalid(
          given, "there is no variable %s; set it, or add src=PATH".formatted(Quoted.of(name)));
    }
    return value.getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, String> fields(String given) {
    var fields = new LinkedHashMap<String, String>();
    for (var field : given.split(",")) {
      int equals = field.indexOf('=');
      var key = equals < 0 ? field : field.substring(0, equals);
      if (equals < 0 || !KEYS.contains(key)) {
        throw invalid(given, "unknown option %s".formatted(Quoted.of(field)));
      }
      fields.put(key, field.substring(equals + 1));
    }
    return fields;
  }

  private static Path socket(String given, @Nullable String name) {
    if (name == null || name.isEmpty()) {
      throw refused(given, AGENT + " is not set; start ssh-agent, or name its socket");
    }
    var path = Path.of(name).toAbsolutePath();
    if (!Files.exists(path)) {
      throw refused(given, "there is no such socket");
    }
    if (Files.isRegularFile(path) || Files.isDirectory(path)) {
      throw refused(given, "no socket; add keys to an agent with ssh-add, and name its socket");
    }
    return path;
  }

  private static OciException invalid(String given, String found) {
    return new OciException(
        OciException.Category.USAGE, "--secret %s: %s".formatted(Quoted.of(given), found));
  }

  private static OciException refused(String given, String found) {
    return new OciException(
        OciException.Category.USAGE, "--ssh %s: %s".formatted(Quoted.of(given), found));
  }
}
