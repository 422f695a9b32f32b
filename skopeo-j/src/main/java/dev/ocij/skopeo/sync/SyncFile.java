package dev.ocij.skopeo.sync;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The YAML of `sync --src yaml`: registries by name, in the order of the file, and what is wanted
/// of each.
public record SyncFile(Map<String, Registry> registries) {
  public SyncFile {
    registries = Collections.unmodifiableMap(new LinkedHashMap<>(registries));
  }

  /// What is wanted of one registry; nothing said is an empty map.
  ///
  /// @param images tags or digests by repository; none for all tags
  /// @param byRegex a pattern of tags by repository
  /// @param bySemver a version constraint on tags by repository
  public record Registry(
      @JsonProperty("images") Map<String, List<String>> images,
      @JsonProperty("images-by-tag-regex") Map<String, String> byRegex,
      @JsonProperty("images-by-semver") Map<String, String> bySemver,
      @JsonProperty("credentials") @Nullable Login credentials,
      @JsonProperty("tls-verify") @Nullable Boolean tlsVerify,
      @JsonProperty("cert-dir") @Nullable String certDir) {
    public Registry {
      images = orEmpty(images);
      byRegex = orEmpty(byRegex);
      bySemver = orEmpty(bySemver);
    }

    private static <V> Map<String, V> orEmpty(@Nullable Map<String, V> map) {
      var kept = new LinkedHashMap<String, V>();
      if (map != null) {
        kept.putAll(map);
      }
      return kept;
    }
  }

  /// Who logs in there.
  public record Login(
      @JsonProperty("username") String username, @JsonProperty("password") String password) {
    @Override
    public String toString() {
      return "password of " + username;
    }
  }

  /// An empty file names nothing.
  ///
  /// @throws OciException with the line where it breaks
  public static SyncFile parse(byte[] yaml) {
    if (new String(yaml, StandardCharsets.UTF_8).isBlank()) {
      return new SyncFile(Map.of());
    }
    return new SyncFile(
        Yaml.read(yaml, new TypeReference<Map<String, Registry>>() {}, "the list of sources"));
  }
}
