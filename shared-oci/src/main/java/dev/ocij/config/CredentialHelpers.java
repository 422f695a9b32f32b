package dev.ocij.config;

import java.util.List;

/// Who keeps credentials, by registries.conf's `credential-helpers`: programs, and among them the
/// files that are meant by [#FILES].
public final class CredentialHelpers {
  /// In the list, auth.json and its like.
  public static final String FILES = "containers-auth.json";

  private CredentialHelpers() {}

  /// The names in the order of look-ups; files alone where nothing else is configured.
  ///
  /// @throws dev.ocij.spec.OciException where a file cannot be read
  public static List<String> of(Environment environment) {
    return RegistriesConf.read(environment).credentialHelpers();
  }
}
