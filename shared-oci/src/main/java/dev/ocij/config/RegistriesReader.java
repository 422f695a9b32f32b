package dev.ocij.config;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlInvalidTypeException;
import org.tomlj.TomlTable;

/// Reads the files of registries.conf(5) one after another: a later one overrides what an earlier
/// one said of the same thing.
final class RegistriesReader {
  private static final String RECORDED = "containers/short-name-aliases.conf";

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
    } catch (OciException | TomlInvalidTypeException e) {
      throw RegistriesFiles.failed(parsed.file(), Quoted.escape(String.valueOf(e.getMessage())), e);
    }
  }

  /// What other tools wrote down after they had asked a person.
  void addRecordedAliases(Environment environment) {
    var cache =
        environment.userId().equals("0")
            ? environment.system("var/cache")
            : environment
                .variable("XDG_CACHE_HOME")
                .map(Path::of)
                .orElse(environment.home().resolve(".cache"));
    var file = cache.resolve(RECORDED);
    if (Files.isReadable(file)) {
      add(RegistriesFiles.parse(file));
    }
  }

  private void add(TomlTable table) {
    var old = table.getTable("registries");
    if (old != null) {
      addVersion1(old);
    }
    var registries = table.getArray("unqualified-search-registries");
    search = registries == null ? search : texts(registries);
    var helpers = texts(table.getArray("credential-helpers"));
    credentialHelpers = helpers.isEmpty() ? credentialHelpers : helpers;
    mode = mode(text(table, "short-name-mode"));
    for (var registry : tables(table, "registry")) {
      put(rule(registry));
    }
    var named = table.getTable("aliases");
    if (named != null) {
      named.keySet().forEach(name -> addAlias(name, named.getString(List.of(name))));
    }
  }

  private String mode(String said) {
    return switch (said) {
      case "" -> mode;
      case "enforcing", "permissive", "disabled" -> said;
      case String other ->
          throw invalid(
              "invalid short-name mode %s: expected enforcing, permissive or disabled"
                  .formatted(Quoted.of(other)));
    };
  }

  private void put(RegistryRule rule) {
    rules.put(rule.prefix(), rule);
  }

  /// An empty value takes an alias away.
  private void addAlias(String name, @Nullable String repository) {
    if (repository == null || repository.isEmpty()) {
      aliases.remove(name);
    } else {
      aliases.put(name, repository);
    }
  }

  /// `[registries.search]`, `[registries.insecure]` and `[registries.block]`, lists of names.
  private void addVersion1(TomlTable registries) {
    var listed = registries.getArray("search.registries");
    search = listed == null ? search : texts(listed);
    for (var name : texts(registries.getArray("insecure.registries"))) {
      put(new RegistryRule(name, "", true, false, false, List.of()));
    }
    for (var name : texts(registries.getArray("block.registries"))) {
      put(new RegistryRule(name, "", false, true, false, List.of()));
    }
  }

  private static RegistryRule rule(TomlTable table) {
    var location = location(text(table, "location"));
    var prefix = location(text(table, "prefix"));
    if (prefix.isEmpty() && location.isEmpty()) {
      throw invalid("invalid condition: both location and prefix are unset");
    }
    if (location.isEmpty() && !prefix.startsWith("*.")) {
      throw invalid(
          "invalid condition: location is unset and prefix is not in the format: *.example.com");
    }
    boolean byDigest = truth(table, "mirror-by-digest-only");
    return new RegistryRule(
        prefix.isEmpty() ? location : prefix,
        location,
        truth(table, "insecure"),
        truth(table, "blocked"),
        byDigest,
        tables(table, "mirror").stream().map(mirror -> mirror(mirror, byDigest)).toList());
  }

  private static RegistryMirror mirror(TomlTable table, boolean byDigest) {
    var location = location(text(table, "location"));
    var pull = text(table, "pull-from-mirror");
    if (location.isEmpty()) {
      throw invalid("invalid condition: mirror location is unset");
    }
    if (byDigest && !pull.isEmpty()) {
      throw invalid("cannot set mirror-by-digest-only together with pull-from-mirror");
    }
    return new RegistryMirror(location, truth(table, "insecure"), RegistryMirror.Pull.parse(pull));
  }

  private static String location(String text) {
    if (text.contains("://")) {
      throw invalid("invalid location '%s': URI schemes are not supported".formatted(text));
    }
    return text.replaceFirst("/+$", "");
  }

  private static String text(TomlTable table, String key) {
    return Objects.requireNonNullElse(table.getString(key), "");
  }

  private static boolean truth(TomlTable table, String key) {
    return Boolean.TRUE.equals(table.getBoolean(key));
  }

  private static List<TomlTable> tables(TomlTable table, String key) {
    var array = table.getArray(key);
    var all = new ArrayList<TomlTable>();
    for (int i = 0; array != null && i < array.size(); i++) {
      all.add(array.getTable(i));
    }
    return all;
  }

  private static List<String> texts(@Nullable TomlArray array) {
    var all = new ArrayList<String>();
    for (int i = 0; array != null && i < array.size(); i++) {
      all.add(array.getString(i));
    }
    return all;
  }

  private static OciException invalid(String sentence) {
    return new OciException(OciException.Category.INVALID, sentence);
  }
}
