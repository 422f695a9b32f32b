package dev.ocij.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The layers that an image's root file system is made of.
///
/// @param diffIds digests of the uncompressed layer archives, base first
public record RootFs(String type, List<Digest> diffIds) implements JsonForm {
  public RootFs {
    diffIds = Lists.copy(diffIds);
  }

  public static RootFs from(FieldReader json) {
    return new RootFs(
        Objects.requireNonNullElse(json.text("type"), ""),
        json.parsedTexts("diff_ids", Digest::parse));
  }

  @Override
  public JsonNode json() {
    return new FieldWriter().text("type", type).put("diff_ids", diffIds).node();
  }

  public static RootFs of(List<Digest> diffIds) {
    return new RootFs("layers", diffIds);
  }

  /// The chain ids of image-spec, "Layer ChainID", one for each layer: what identifies the result
  /// of applying it and all below.
  public List<Digest> chainIds() {
    var chain = new ArrayList<Digest>();
    for (var diffId : diffIds) {
      chain.add(
          chain.isEmpty()
              ? diffId
              : Digest.of((chain.getLast() + " " + diffId).getBytes(StandardCharsets.US_ASCII)));
    }
    return List.copyOf(chain);
  }
}
