package dev.ocij.config;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import dev.ocij.spec.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Limits on TLS: containers-tls-details.yaml(5).
///
/// @param minVersion the oldest version that is spoken, such as `1.3`; null for what is usual
/// @param cipherSuites the only ones that are used, by their IANA names; null for the usual ones
/// @param namedGroups the only groups for key exchange, by their IANA names; null for the usual
///   ones
public record TlsDetails(
    @Nullable String minVersion,
    @Nullable List<String> cipherSuites,
    @Nullable List<String> namedGroups) {
  /// What is usual.
  public static final TlsDetails NONE = new TlsDetails(null, null, null);

  private static final List<String> VERSIONS = List.of("1.0", "1.1", "1.2", "1.3");

  public TlsDetails {
    if (minVersion != null && !VERSIONS.contains(minVersion)) {
      throw invalid(
          "minVersion %s: expected one of %s"
              .formatted(Quoted.of(minVersion), String.join(", ", VERSIONS)));
    }
    requireSome(cipherSuites, "cipherSuites");
    requireSome(namedGroups, "namedGroups");
  }

  public static TlsDetails read(Path file) {
    try {
      return Yaml.read(
          Files.readAllBytes(file), new TypeReference<>() {}, "TLS details %s".formatted(file));
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO, "read TLS details %s: %s".formatted(file, Reason.of(e)), e);
    }
  }

  private static void requireSome(@Nullable List<String> names, String field) {
    if (names != null && names.isEmpty()) {
      throw invalid("%s is empty: with none no registry can be reached".formatted(field));
    }
  }

  private static OciException invalid(String found) {
    return new OciException(OciException.Category.INVALID, "TLS details: " + found);
  }
}
