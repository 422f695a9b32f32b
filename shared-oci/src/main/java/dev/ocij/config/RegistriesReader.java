package dev.ocij.config;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads the files of registries.conf(5) one after another: a later one overrides what an earlier
/// one said of the same thing.
final class RegistriesReader {
  private static final String NAMES = "registries";
  private static final String RECORDED = "containers/short-name-aliases.conf";
  static final String ALIASES = "CONTAINERS_SHORT_NAME_ALIAS_CONF";

  private final Map<String, RegistryRule> rules = new LinkedHashMap<>();
  private final Map<String, String> aliases = new LinkedHashMap<>();
  private List<String> search = List.of();
  private List<String> credentialHelpers = List.of(CredentialHelpers.FILES);
  private String mode = "permissive";

  List<RegistryRule> rules() {
    return List.copyOf(rules.values());
  }

  ShortNames shortNames() {
    return new ShortNames(mode, search, aliases);
  }

  List<String> credentialHelpers() {
    return credentialHelpers;
  }

  void add(RegistriesFiles.Parsed parsed) {
    try {
      add(parsed.table());
    } catch (OciException e) {
      throw RegistriesFiles.failed(parsed.file(), Quoted.escape(e.sentence()), e);
    }
  }

  /// What other tools wrote down after they had asked a person.
  void addRecordedAliases(Environment environment) {
    var file =
        environment.variable(ALIASES).map(Path::of).orElse(cache(environment).resolve(RECORDED));
    if (Files.isReadable(file)) {
      add(RegistriesFiles.parse(file));
    }
  }

  private static Path cache(Environment environment) {
    return environment.userId().equals("0")
        ? environment.system("var/cache")
        : environment
            .variable("XDG_CACHE_HOME")
            .map(Path::of)
            .orElse(environment.home().resolve(".cache"));
  }

  private void add(TomlTable table) {
    addVersion1(table.table("registries"));
    search = table.texts("unqualified-search-registries").orElse(search);
    credentialHelpers =
        table
            .texts("credential-helpers")
            .filter(helpers -> !helpers.isEmpty())
            .orElse(credentialHelpers);
    mode = mode(table.text("short-name-mode"));
    table.tables("registry").forEach(registry -> put(rule(registry)));
    var named = table.table("aliases");
    named.keys().forEach(name -> addAlias(name, named.text(name)));
  }

  private String mode(String said) {
    return switch (said) {
      case "" -> mode;
      case "enforcing", "permissive", "disabled" -> said;
      default ->
          throw invalid(
              "invalid short-name mode %s: expected enforcing, permissive or disabled"
                  .formatted(Quoted.of(said)));
    };
  }

  private void put(RegistryRule rule) {
    rules.put(rule.prefix(), rule);
  }

  /// An empty value takes an alias away.
  private void addAlias(String name, String repository) {
    if (repository.isEmpty()) {
      aliases.remove(name);
    } else {
      aliases.put(name, repository);
    }
  }

  /// `[registries.search]`, `[registries.insecure]` and `[registries.block]`, lists of names.
  private void addVersion1(TomlTable old) {
    search = old.table("search").texts(NAMES).orElse(search);
    for (var name : old.table("insecure").texts(NAMES).orElse(List.of())) {
      put(new RegistryRule(name, "", true, false, false, List.of()));
    }
    for (var name : old.table("block").texts(NAMES).orElse(List.of())) {
      put(new RegistryRule(name, "", false, true, false, List.of()));
    }
  }

  private static RegistryRule rule(TomlTable table) {
    var location = location(table.text("location"));
    var prefix = location(table.text("prefix"));
    if (prefix.isEmpty() && location.isEmpty()) {
      throw invalid("invalid condition: both location and prefix are unset");
    }
    if (location.isEmpty() && !prefix.startsWith("*.")) {
      throw invalid(
          "invalid condition: location is unset and prefix is not in the format: *.example.com");
    }
    boolean byDigest = table.truth("mirror-by-digest-only");
    return new RegistryRule(
        prefix.isEmpty() ? location : prefix,
        location,
        table.truth("insecure"),
        table.truth("blocked"),
        byDigest,
        table.tables("mirror").stream().map(mirror -> mirror(mirror, byDigest)).toList());
  }

  private static RegistryMirror mirror(TomlTable table, boolean byDigest) {
    var location = location(table.text("location"));
    var pull = table.text("pull-from-mirror");
    if (location.isEmpty()) {
      throw invalid("invalid condition: mirror location is unset");
    }
    if (byDigest && !pull.isEmpty()) {
      throw invalid("cannot set mirror-by-digest-only together with pull-from-mirror");
    }
    return new RegistryMirror(location, table.truth("insecure"), RegistryMirror.Pull.parse(pull));
  }

  private static String location(String text) {
    if (text.contains("://")) {
      throw invalid("invalid location '%s': URI schemes are not supported".formatted(text));
    }
    return text.replaceFirst("/+$", "");
  }

  private static OciException invalid(String sentence) {
    return new OciException(OciException.Category.INVALID, sentence);
  }
}
