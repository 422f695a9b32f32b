package dev.ocij.config;

import dev.ocij.name.Reference;
import dev.ocij.spec.OciException;
import java.util.List;
import java.util.Optional;

/// registries.conf(5): which registries are blocked or insecure, where else their images are, and
/// what short names mean.
public final class RegistriesConf {
  private final List<RegistryRule> rules;
  private final ShortNames shortNames;
  private final List<String> credentialHelpers;
  private final String shown;

  RegistriesConf(
      List<RegistryRule> rules,
      ShortNames shortNames,
      List<String> credentialHelpers,
      String shown) {
    this.rules = List.copyOf(rules);
    this.shortNames = shortNames;
    this.credentialHelpers = List.copyOf(credentialHelpers);
    this.shown = shown;
  }

  /// The main file is what `CONTAINERS_REGISTRIES_CONF` names, or the user's, or the system's.
  ///
  /// @throws OciException where a file cannot be read
  public static RegistriesConf read(Environment environment) {
    var files = RegistriesFiles.of(environment);
    var reader = new RegistriesReader();
    files.read().forEach(reader::add);
    reader.addRecordedAliases(environment);
    return new RegistriesConf(
        reader.rules(), reader.shortNames(), reader.credentialHelpers(), files.shown());
  }

  /// The places to read an image from, in the order in which to try them.
  ///
  /// @throws OciException where its registry is blocked
  public List<RegistryPlace> places(Reference reference) {
    refuseBlocked(reference.toString());
    return rule(reference.toString())
        .map(rule -> rule.places(reference))
        .orElseGet(() -> List.of(new RegistryPlace(reference, false)));
  }

  /// Whether plain HTTP and any certificate will do for a name.
  public boolean isInsecure(String name) {
    return rule(name).map(RegistryRule::insecure).orElse(false);
  }

  /// @throws OciException of category `REJECTED` where nothing may be read or written under a name
  public void refuseBlocked(String name) {
    var rule = rule(name);
    if (rule.isPresent() && rule.get().blocked()) {
      throw new OciException(
          OciException.Category.REJECTED,
          "registry %s is blocked in %s".formatted(rule.get().prefix(), shown));
    }
  }

  /// The full names that a typed one may mean, to be tried in this order.
  public List<String> candidates(String typed) {
    return shortNames.candidates(typed);
  }

  /// Who is asked for credentials, see [CredentialHelpers].
  public List<String> credentialHelpers() {
    return credentialHelpers;
  }

  /// The rule that covers most of a name.
  private Optional<RegistryRule> rule(String name) {
    return rules.stream()
        .filter(rule -> rule.covers(name) >= 0)
        .reduce((most, rule) -> rule.covers(name) > most.covers(name) ? rule : most);
  }
}
