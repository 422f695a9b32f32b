package dev.ocij.spec;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The layers that an image's root file system is made of.
///
/// @param diffIds digests of the uncompressed layer archives, base first
public record RootFs(String type, @JsonProperty("diff_ids") List<Digest> diffIds) {
  public RootFs {
    diffIds = Lists.copy(diffIds);
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
