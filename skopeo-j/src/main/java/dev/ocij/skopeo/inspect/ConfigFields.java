package dev.ocij.skopeo.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.ocij.spec.FieldWriter;
import dev.ocij.spec.History;
import dev.ocij.spec.ImageConfig;
import dev.ocij.spec.Json;
import dev.ocij.term.template.GoList;
import dev.ocij.term.template.GoMap;
import dev.ocij.term.template.GoStruct;
import dev.ocij.term.template.GoTime;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A configuration as templates name its fields: `{{.Config.Labels}}`, `{{.RootFS.DiffIDs}}`. All
/// are there, for a template may name what an image leaves out.
public final class ConfigFields {
  private ConfigFields() {}

  /// The fields; their JSON is the configuration in the form of image-spec.
  public static JsonNode of(ImageConfig image) {
    var json = OciForm.of(image);
    var fields =
        new FieldWriter()
            .put("Created", time(image.created()))
            .put("Author", text(image.author()))
            .put("Architecture", image.architecture())
            .put("OS", image.os())
            .put("OSVersion", text(image.osVersion()))
            .put("OSFeatures", image.osFeatures())
            .put("Variant", text(image.variant()))
            .put("Config", config(json.path("config")))
            .put("RootFS", layers(image, json.path("rootfs")))
            .put("History", history(image, json.path("history")));
    return struct(json, fields);
  }

  /// Its fields have Go's names already.
  private static JsonNode config(JsonNode json) {
    var fields =
        new FieldWriter()
            .put("User", json.path("User").asText())
            .put("ExposedPorts", set(json.path("ExposedPorts")))
            .put("Env", list(json.path("Env")))
            .put("Entrypoint", list(json.path("Entrypoint")))
            .put("Cmd", list(json.path("Cmd")))
            .put("Volumes", set(json.path("Volumes")))
            .put("WorkingDir", json.path("WorkingDir").asText())
            .put("Labels", json.path("Labels").isObject() ? json.path("Labels") : new GoMap())
            .put("StopSignal", json.path("StopSignal").asText())
            .put("ArgsEscaped", json.path("ArgsEscaped").asBoolean());
    return struct(json.isMissingNode() ? Json.object() : json, fields);
  }

  /// Names, each with an empty struct.
  private static JsonNode set(JsonNode json) {
    if (!json.isObject()) {
      return new GoMap();
    }
    var set = Json.object();
    json.properties()
        .forEach((Map.Entry<String, JsonNode> each) ->
            set.set(each.getKey(), new GoStruct(each.getValue())));
    return set;
  }

  private static JsonNode list(JsonNode json) {
    return json.isArray() ? json : new GoList();
  }

  private static JsonNode layers(ImageConfig image, JsonNode json) {
    var rootfs = image.rootfs();
    return struct(
        json, new FieldWriter().put("Type", rootfs.type()).put("DiffIDs", rootfs.diffIds()));
  }

  private static JsonNode history(ImageConfig image, JsonNode json) {
    var steps = Json.array();
    for (var step : image.history()) {
      steps.add(struct(json.path(steps.size()), fields(step)));
    }
    return steps;
  }

  private static FieldWriter fields(History step) {
    return new FieldWriter()
        .put("Created", time(step.created()))
        .put("CreatedBy", text(step.createdBy()))
        .put("Author", text(step.author()))
        .put("Comment", text(step.comment()))
        .put("EmptyLayer", step.emptyLayer());
  }

  private static GoStruct struct(JsonNode json, FieldWriter fields) {
    var struct = new GoStruct(json);
    struct.setAll(fields.node());
    return struct;
  }

  private static JsonNode time(@Nullable Instant moment) {
    return moment == null
        ? NullNode.getInstance()
        : new GoTime(moment, TextNode.valueOf(FieldWriter.shortest(moment)));
  }

  private static String text(@Nullable String value) {
    return Objects.requireNonNullElse(value, "");
  }
}
