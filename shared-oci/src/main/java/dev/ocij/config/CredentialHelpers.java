package dev.ocij.config;

import java.util.List;
import org.tomlj.TomlTable;

/// Who keeps credentials, by registries.conf's `credential-helpers`: programs, and among them the
/// files that are meant by [#FILES].
public final class CredentialHelpers {
  /// In the list, auth.json and its like.
  public static final String FILES = "containers-auth.json";

  private static final String KEY = "credential-helpers";

  private CredentialHelpers() {}

  /// The names in the order of look-ups; files alone where nothing else is configured.
  ///
  /// @throws dev.ocij.spec.OciException where a file cannot be read
  public static List<String> of(Environment environment) {
    var helpers = List.of(FILES);
    for (var parsed : RegistriesFiles.of(environment).read()) {
      helpers = helpers(parsed.table(), helpers);
    }
    return helpers;
  }

  private static List<String> helpers(TomlTable table, List<String> before) {
    var array = table.getArray(KEY);
    if (array == null) {
      return before;
    }
    var names = array.toList().stream().map(Object::toString).toList();
    return names.isEmpty() ? before : names;
  }
}
