package dev.ocij.transport.archive;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ocij.name.Reference;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One entry of the `manifest.json` that `docker save` writes.
///
/// @param config name of a file in the archive
/// @param repoTags full names
/// @param layers names of files in the archive, base first
record SavedImage(
    @JsonProperty("Config") String config,
    @JsonProperty("RepoTags") @JsonInclude List<String> repoTags,
    @JsonProperty("Layers") @JsonInclude List<String> layers) {
  static final String MANIFEST = "manifest.json";

  SavedImage(String config, @Nullable List<String> repoTags, @Nullable List<String> layers) {
    if (config == null) {
      throw new OciException(
          OciException.Category.INVALID, "manifest.json: the field \"Config\" is missing");
    }
    this.config = config;
    this.repoTags = repoTags == null ? List.of() : List.copyOf(repoTags);
    this.layers = layers == null ? List.of() : List.copyOf(layers);
  }

  /// All images of an archive.
  static List<SavedImage> read(TarFile tar) throws IOException {
    return List.of(Json.read(tar.read(MANIFEST), SavedImage[].class, tar + ", " + MANIFEST));
  }

  boolean isNamed(Reference reference) {
    return repoTags.stream().anyMatch(tag -> Reference.parse(tag).equals(reference));
  }
}
