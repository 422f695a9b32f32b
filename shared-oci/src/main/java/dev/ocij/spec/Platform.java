package dev.ocij.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where an image runs: the `platform` of image-spec's index, in GOOS and GOARCH words; empty where
/// an index leaves them out.
public record Platform(
    String architecture,
    String os,
    @Nullable String osVersion,
    List<String> osFeatures,
    @Nullable String variant)
    implements JsonForm {
  private static final Map<String, List<String>> VARIANTS =
      Map.of("arm", List.of("v8", "v7", "v6", "v5"), "arm64", List.of("v8"));

  public Platform {
    architecture = Objects.requireNonNullElse(architecture, "");
    os = Objects.requireNonNullElse(os, "");
    osFeatures = Lists.copy(osFeatures);
  }

  public static Platform of(String os, String architecture) {
    return new Platform(architecture, os, null, List.of(), null);
  }

  public static Platform from(FieldReader json) {
    return new Platform(
        Objects.requireNonNullElse(json.text("architecture"), ""),
        Objects.requireNonNullElse(json.text("os"), ""),
        json.text("os.version"),
        json.texts("os.features"),
        json.text("variant"));
  }

  @Override
  public JsonNode json() {
    return new FieldWriter()
        .put("architecture", architecture)
        .put("os", os)
        .text("os.version", osVersion)
        .list("os.features", osFeatures)
        .text("variant", variant)
        .node();
  }

  /// `os/architecture[/variant]`, with the architecture in any common spelling.
  public static Platform parse(String text) {
    var parts = text.split("/", -1);
    if (parts.length < 2 || parts.length > 3 || List.of(parts).contains("")) {
      throw new OciException(
          OciException.Category.USAGE,
          "invalid platform %s: expected os/architecture[/variant], as in linux/arm64"
              .formatted(Quoted.of(text)));
    }
    var variant = parts.length == 3 ? parts[2] : null;
    return new Platform(goArchitecture(parts[1]), parts[0], null, List.of(), variant);
  }

  /// The platform that this process runs on.
  public static Platform host() {
    var os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    return of(
        os.startsWith("mac") ? "darwin" : os.startsWith("windows") ? "windows" : os,
        goArchitecture(System.getProperty("os.arch")));
  }

  /// Whether an image for this platform is one that `wanted` asks for: what is left out in `wanted`
  /// matches anything.
  public boolean satisfies(Platform wanted) {
    return os.equals(wanted.os)
        && architecture.equals(wanted.architecture)
        && (wanted.variant == null
            || wanted.variant.equals(Objects.requireNonNullElse(variant, "")));
  }

  /// What runs where this platform is asked for, the best first: a processor runs what was made for
  /// its forerunners, and for no variant in particular.
  public List<Platform> alternatives() {
    if (variant == null) {
      return List.of(this);
    }
    var variants = VARIANTS.getOrDefault(architecture, List.of());
    int own = variants.indexOf(variant);
    var older = own < 0 ? List.of(variant) : variants.subList(own, variants.size());
    return Stream.concat(older.stream(), Stream.of(""))
        .map(v -> new Platform(architecture, os, osVersion, osFeatures, v))
        .toList();
  }

  /// BuildKit marks its attestations so; never a runnable image.
  public boolean isUnknown() {
    return os.equals("unknown") || architecture.equals("unknown");
  }

  @Override
  public String toString() {
    return os + "/" + architecture + (variant == null ? "" : "/" + variant);
  }

  private static String goArchitecture(String name) {
    return switch (name) {
      case "x86_64", "x86-64" -> "amd64";
      case "aarch64" -> "arm64";
      case "i386", "i686" -> "386";
      default -> name;
    };
  }
}
