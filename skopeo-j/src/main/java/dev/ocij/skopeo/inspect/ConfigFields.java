package dev.ocij.skopeo.inspect;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.ContainerConfig;
import dev.ocij.spec.Digest;
import dev.ocij.spec.ImageConfig;
import dev.ocij.spec.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A configuration as templates name its fields: `{{.Config.Labels}}`, `{{.RootFS.DiffIDs}}`. All
/// are there, for a template may name what an image leaves out.
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ConfigFields(
    @JsonProperty("Created") @Nullable Instant created,
    @JsonProperty("Author") String author,
    @JsonProperty("Architecture") String architecture,
    @JsonProperty("OS") String os,
    @JsonProperty("OSVersion") String osVersion,
    @JsonProperty("OSFeatures") List<String> osFeatures,
    @JsonProperty("Variant") String variant,
    @JsonProperty("Config") JsonNode config,
    @JsonProperty("RootFS") Layers rootfs,
    @JsonProperty("History") List<Step> history) {

  /// The layers.
  public record Layers(
      @JsonProperty("Type") String type, @JsonProperty("DiffIDs") List<Digest> diffIds) {}

  /// One step of the history.
  public record Step(
      @JsonProperty("Created") @Nullable Instant created,
      @JsonProperty("CreatedBy") String createdBy,
      @JsonProperty("Author") String author,
      @JsonProperty("Comment") String comment,
      @JsonProperty("EmptyLayer") boolean emptyLayer) {}

  public static ConfigFields of(ImageConfig image) {
    var history =
        image.history().stream()
            .map(h ->
                new Step(
                    h.created(),
                    text(h.createdBy()),
                    text(h.author()),
                    text(h.comment()),
                    h.emptyLayer()))
            .toList();
    return new ConfigFields(
        image.created(),
        text(image.author()),
        image.architecture(),
        image.os(),
        text(image.osVersion()),
        image.osFeatures(),
        text(image.variant()),
        withDefaults(image.config()),
        new Layers(image.rootfs().type(), image.rootfs().diffIds()),
        history);
  }

  /// Its fields have Go's names already.
  private static JsonNode withDefaults(ContainerConfig config) {
    var all = Json.object();
    List.of("User", "WorkingDir", "StopSignal").forEach(name -> all.put(name, ""));
    List.of("Env", "Entrypoint", "Cmd").forEach(all::putArray);
    List.of("ExposedPorts", "Volumes", "Labels").forEach(all::putObject);
    Json.tree(config)
        .properties()
        .forEach((Map.Entry<String, JsonNode> field) -> all.set(field.getKey(), field.getValue()));
    return all;
  }

  private static String text(@Nullable String value) {
    return Objects.requireNonNullElse(value, "");
  }
}
