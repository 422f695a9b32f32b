package dev.ocij.buildah.context.cloud;

import dev.ocij.config.Environment;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A profile in the files of Amazon's tools, `~/.aws/config` and `~/.aws/credentials`.
///
/// @param settings those of the second file over those of the first
record AwsProfile(String name, Map<String, String> settings) {
  private static final String USUAL = "default";

  AwsProfile {
    settings = Map.copyOf(settings);
  }

  /// The one that is named in the environment, or the usual one.
  static AwsProfile read(Environment environment) {
    var named = environment.variable("AWS_PROFILE");
    var name = named.orElse(USUAL);
    var settings = new HashMap<String, String>();
    var section = name.equals(USUAL) ? name : "profile " + name;
    boolean known = add(file(environment, "AWS_CONFIG_FILE", "config"), section, settings);
    known |= add(file(environment, "AWS_SHARED_CREDENTIALS_FILE", "credentials"), name, settings);
    if (!known && named.isPresent()) {
      throw new OciException(
          OciException.Category.NOT_FOUND,
          "read the AWS profile %s: no such profile in ~/.aws/config or ~/.aws/credentials"
              .formatted(Quoted.of(name)));
    }
    return new AwsProfile(name, settings);
  }

  Optional<String> setting(String key) {
    return Optional.ofNullable(settings.get(key)).filter(value -> !value.isEmpty());
  }

  private static Path file(Environment environment, String variable, String name) {
    return environment
        .variable(variable)
        .map(Path::of)
        .orElse(environment.home().resolve(".aws").resolve(name));
  }

  /// @return whether the file has this section
  private static boolean add(Path file, String wanted, Map<String, String> settings) {
    boolean found = false;
    boolean inside = false;
    for (var line : lines(file)) {
      var text = line.strip();
      if (text.startsWith("[") && text.endsWith("]")) {
        inside = section(text).equals(wanted);
        found |= inside;
      } else if (inside && isSetting(line)) {
        int equals = text.indexOf('=');
        settings.put(text.substring(0, equals).strip(), text.substring(equals + 1).strip());
      }
    }
    return found;
  }

  private static String section(String bracketed) {
    return bracketed.substring(1, bracketed.length() - 1).strip().replaceAll("\\s+", " ");
  }

  /// What is indented belongs to the setting above.
  private static boolean isSetting(String line) {
    return line.indexOf('=') > 0
        && !Character.isWhitespace(line.charAt(0))
        && "#;".indexOf(line.charAt(0)) < 0;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO, "read %s: %s".formatted(file, Reason.of(e)), e);
    }
  }
}
