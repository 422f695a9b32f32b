package dev.ocij.config;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tomlj.Toml;
import org.tomlj.TomlTable;

/// Who keeps credentials, by registries.conf's `credential-helpers`: programs, and among them the
/// files that are meant by [#FILES].
public final class CredentialHelpers {
  /// In the list, auth.json and its like.
  public static final String FILES = "containers-auth.json";

  private static final String KEY = "credential-helpers";
  private static final String NAME = "containers/registries.conf";

  private CredentialHelpers() {}

  /// The names in the order of look-ups; files alone where nothing else is configured.
  ///
  /// @throws OciException where a file cannot be read
  public static List<String> of(Environment environment) {
    var user = environment.userConfig().resolve(NAME);
    boolean own = Files.exists(user);
    var files = new ArrayList<Path>();
    files.add(own ? user : environment.system("etc/" + NAME));
    if (!own) {
      files.addAll(dropIns(environment.system("etc/" + NAME + ".d")));
    }
    files.addAll(dropIns(environment.userConfig().resolve(NAME + ".d")));
    var helpers = List.of(FILES);
    for (var file : files) {
      helpers = helpers(file, helpers);
    }
    return helpers;
  }

  private static List<String> helpers(Path file, List<String> before) {
    var table = read(file);
    var array = table.getArray(KEY);
    if (array == null) {
      return before;
    }
    var names = array.toList().stream().map(Object::toString).toList();
    return names.isEmpty() ? before : names;
  }

  private static TomlTable read(Path file) {
    try {
      var parsed = Toml.parse(Files.exists(file) ? Files.readString(file) : "");
      if (parsed.hasErrors()) {
        var fault = String.valueOf(parsed.errors().getFirst().getMessage());
        throw failed(file, Quoted.escape(fault), parsed.errors().getFirst());
      }
      return parsed;
    } catch (IOException e) {
      throw failed(file, Reason.of(e), e);
    }
  }

  private static List<Path> dropIns(Path directory) {
    try (var files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".conf")).sorted().toList();
    } catch (IOException _) {
      return List.of(); // a directory that is not there, or not for us
    }
  }

  private static OciException failed(Path file, String found, Exception cause) {
    return new OciException(
        OciException.Category.INVALID, "read %s: %s".formatted(file, found), cause);
  }
}
