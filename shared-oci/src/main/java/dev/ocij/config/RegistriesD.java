package dev.ocij.config;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where the signatures of registries' images are: containers-registries.d(5).
///
/// A section that leaves a question open passes it on to the next more general one, as skopeo does;
/// the manual speaks of one section alone.
///
/// @param sections by scope
/// @param general what `default-docker` says
/// @param builtIn the place where nobody names one
public record RegistriesD(Map<String, Section> sections, @Nullable Section general, URI builtIn) {
  static final String VARIABLE = "CONTAINERS_REGISTRIES_D";
  private static final String NAME = "containers/registries.d";

  public RegistriesD {
    sections = Map.copyOf(sections);
  }

  /// What is said of one scope; the older names say the same.
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Section(
      @JsonProperty("lookaside") @Nullable String lookaside,
      @JsonProperty("lookaside-staging") @Nullable String staging,
      @JsonProperty("sigstore") @Nullable String oldLookaside,
      @JsonProperty("sigstore-staging") @Nullable String oldStaging,
      @JsonProperty("use-sigstore-attachments") @Nullable Boolean attachments) {
    private @Nullable String forReading() {
      return lookaside == null ? oldLookaside : lookaside;
    }

    private @Nullable String forWriting() {
      return Stream.of(staging, oldStaging, forReading())
          .filter(Objects::nonNull)
          .findFirst()
          .orElse(null);
    }
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Content(
      @JsonProperty("default-docker") @Nullable Section general,
      @JsonProperty("docker") @Nullable Map<String, Section> sections) {}

  /// The directory that was named, or the user's, or the system's.
  ///
  /// @throws OciException naming the file that is no such YAML, or the two that say the same
  public static RegistriesD read(Environment environment) {
    var user = environment.userConfig().resolve(NAME);
    var usual = Files.isDirectory(user) ? user : environment.system("etc/" + NAME);
    return read(environment.variable(VARIABLE).map(Path::of).orElse(usual), builtIn(environment));
  }

  /// Where the signatures of an image are read.
  ///
  /// @param scopes of the image, most specific first
  public URI lookaside(List<String> scopes) {
    var place = first(scopes, Section::forReading);
    return place == null ? builtIn : uri(place);
  }

  /// Where new signatures of an image are written.
  public URI staging(List<String> scopes) {
    var place = first(scopes, Section::forWriting);
    return place == null ? builtIn : uri(place);
  }

  /// Whether signatures that are attached to an image in its registry count. They do unless it is
  /// said otherwise: a policy judges them all the same.
  public boolean attachments(List<String> scopes) {
    var said = first(scopes, Section::attachments);
    return said == null || said;
  }

  private <T> @Nullable T first(List<String> scopes, Function<Section, @Nullable T> question) {
    for (var scope : scopes) {
      var section = sections.get(scope);
      var answer = section == null ? null : question.apply(section);
      if (answer != null) {
        return answer;
      }
    }
    return general == null ? null : question.apply(general);
  }

  private static URI builtIn(Environment environment) {
    var directory =
        environment.userId().equals("0")
            ? environment.system("var/lib/containers/sigstore")
            : environment.home().resolve(".local/share/containers/sigstore");
    return URI.create("file://" + directory.toUri().getRawPath());
  }

  private static RegistriesD read(Path directory, URI builtIn) {
    var sections = new LinkedHashMap<String, Section>();
    var origins = new LinkedHashMap<String, Path>();
    Section general = null;
    for (var file : list(directory)) {
      var content = parse(file);
      if (content.general() != null) {
        requireNew(origins, "\"default-docker\"", file);
        general = content.general();
      }
      if (content.sections() != null) {
        content
            .sections()
            .keySet()
            .forEach(
                scope -> requireNew(origins, "\"docker\" namespace " + Quoted.of(scope), file));
        sections.putAll(content.sections());
      }
    }
    return new RegistriesD(sections, general, builtIn);
  }

  private static void requireNew(Map<String, Path> origins, String what, Path file) {
    var earlier = origins.put(what, file);
    if (earlier != null) {
      throw invalid("%s defined both in \"%s\" and \"%s\"".formatted(what, file, earlier), null);
    }
  }

  private static Content parse(Path file) {
    try {
      var content = Parser.YAML.readValue(Files.readAllBytes(file), Content.class);
      return content == null ? new Content(null, null) : content;
    } catch (JacksonException e) {
      throw invalid(
          "\"%s\": %s".formatted(file, Quoted.escape(String.valueOf(e.getOriginalMessage()))), e);
    } catch (IOException e) {
      throw invalid("\"%s\": %s".formatted(file, Reason.of(e)), e);
    }
  }

  /// @throws OciException where it is no URL with a scheme
  private static URI uri(String text) {
    try {
      var uri = URI.create(text.replaceFirst("/+$", ""));
      if (uri.getScheme() != null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw invalid("%s is no URL".formatted(Quoted.of(text)), e);
    }
    throw invalid(
        "%s is no URL; begin it with file:, http: or https:".formatted(Quoted.of(text)), null);
  }

  private static List<Path> list(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (var files = Files.list(directory)) {
      return new ArrayList<>(
          files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList());
    } catch (IOException e) {
      throw invalid("\"%s\": %s".formatted(directory, Reason.of(e)), e);
    }
  }

  private static OciException invalid(String found, @Nullable Exception cause) {
    return new OciException(
        OciException.Category.INVALID,
        "Error parsing signature storage configuration: " + found,
        cause);
  }

  /// Most machines have no such file, and need no parser.
  private static final class Parser {
    static final YAMLMapper YAML =
        YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  }
}
