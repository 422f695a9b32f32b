package dev.ocij.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What configuration depends on besides files: variables, the home directory, and where `/etc` is.
///
/// @param userId the user's number
/// @param root what absolute system paths are below; `/` but for tests
public record Environment(Map<String, String> variables, Path home, Path root, String userId) {
  /// Where the launcher enters a user namespace, `UID:GID` of who started it.
  private static final String LAUNCHER = "_OCIJ_USER";

  public Environment {
    variables = Map.copyOf(variables);
  }

  /// That of this process.
  public static Environment system() {
    var variables = System.getenv();
    return new Environment(variables, home(variables), Path.of("/"), user(variables, uid()));
  }

  /// `$HOME`: in a user namespace of its own the virtual machine takes the user for root, whose
  /// home is another.
  static Path home(Map<String, String> variables) {
    var home = variables.getOrDefault("HOME", "");
    return Path.of(home.startsWith("/") ? home : System.getProperty("user.home"));
  }

  /// Whoever the launcher says has entered a user namespace, else this process.
  static String user(Map<String, String> variables, String own) {
    var outside = variables.getOrDefault(LAUNCHER, "").split(":")[0];
    return outside.isEmpty() ? own : outside;
  }

  /// A variable's value; one that is empty counts as unset.
  public Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
  }

  /// This environment, with another registries.conf in place of the user's and the system's.
  public Environment withRegistriesConf(Path file) {
    return with(RegistriesFiles.VARIABLE, file);
  }

  /// This environment, with another folder of what is dropped beside registries.conf.
  public Environment withRegistriesConfDir(Path folder) {
    return with(RegistriesFiles.FOLDER, folder);
  }

  /// This environment, with another file of the short names that people chose.
  public Environment withShortNameAliases(Path file) {
    return with(RegistriesReader.ALIASES, file);
  }

  /// This environment, with another registries.d in place of the user's and the system's.
  public Environment withRegistriesD(Path directory) {
    return with(RegistriesD.VARIABLE, directory);
  }

  /// `$XDG_CONFIG_HOME`, or `.config` at home.
  public Path userConfig() {
    return variable("XDG_CONFIG_HOME").map(Path::of).orElse(home.resolve(".config"));
  }

  /// A path of the system, as `etc/containers`.
  public Path system(String relative) {
    return root.resolve(relative);
  }

  private Environment with(String variable, Path value) {
    var changed = new HashMap<>(variables);
    changed.put(variable, value.toString());
    return new Environment(changed, home, root, userId);
  }

  private static String uid() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").toString();
    } catch (IOException | UnsupportedOperationException _) {
      return "0";
    }
  }
}
