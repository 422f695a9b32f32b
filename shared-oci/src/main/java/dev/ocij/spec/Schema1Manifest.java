package dev.ocij.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An image as Docker described it before 2016: "Image Manifest Version 2, Schema 1". There is no
/// configuration, and of layers only the digests are known; the history holds all the rest.
///
/// @param fsLayers top first
/// @param history one entry for each layer, top first
public record Schema1Manifest(int schemaVersion, List<Layer> fsLayers, List<Entry> history) {
  /// More than any tool of that time could make.
  private static final int MOST_LAYERS = 1024;

  /// One layer.
  public record Layer(Digest blobSum) {
    public Layer {
      Required.field(blobSum, "fsLayers", "blobSum");
    }
  }

  /// What was known of one layer.
  ///
  /// @param v1Compatibility a JSON document
  public record Entry(String v1Compatibility) {
    public Entry {
      Required.field(v1Compatibility, "history", "v1Compatibility");
    }

    private JsonNode json() {
      return Json.readTree(v1Compatibility.getBytes(StandardCharsets.UTF_8), "v1Compatibility");
    }
  }

  /// One step of the history.
  ///
  /// @param empty whether its layer changes nothing
  public record Step(Digest layer, JsonNode json, boolean empty) {
    private String id() {
      return json.path("id").asText("");
    }

    private String parent() {
      return json.path("parent").asText("");
    }
  }

  public Schema1Manifest(
      int schemaVersion, @Nullable List<Layer> fsLayers, @Nullable List<Entry> history) {
    this.schemaVersion = schemaVersion;
    this.fsLayers = Lists.copy(fsLayers);
    this.history = Lists.copy(history);
    if (schemaVersion != 1) {
      throw invalid("expected schemaVersion 1, found " + schemaVersion);
    }
    if (this.fsLayers.isEmpty() || this.fsLayers.size() != this.history.size()) {
      throw invalid(
          "%d fsLayers and %d history entries; there must be one for each"
              .formatted(this.fsLayers.size(), this.history.size()));
    }
    if (this.fsLayers.size() > MOST_LAYERS) {
      throw invalid("more than %d layers".formatted(MOST_LAYERS));
    }
  }

  /// All steps, base first.
  ///
  /// @throws OciException where they are no chain, each with the one below as its parent
  public List<Step> steps() {
    var steps = new ArrayList<Step>();
    for (int i = fsLayers.size() - 1; i >= 0; i--) {
      var json = history.get(i).json();
      boolean empty = json.path("throwaway").asBoolean();
      var step = new Step(fsLayers.get(i).blobSum(), json, empty);
      requireChained(step, steps.isEmpty() ? "" : steps.getLast().id());
      steps.add(step);
    }
    return List.copyOf(steps);
  }

  private static void requireChained(Step step, String below) {
    if (!Digest.Algorithm.SHA256.isHex(step.id())) {
      throw invalid("invalid id %s in its history".formatted(Quoted.of(step.id())));
    }
    if (!step.parent().equals(below)) {
      throw invalid(
          "invalid parent %s of %s in its history".formatted(Quoted.of(step.parent()), step.id()));
    }
  }

  private static OciException invalid(String found) {
    return new OciException(OciException.Category.INVALID, "schema 1 manifest: " + found);
  }
}
