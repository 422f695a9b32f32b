package dev.ocij.buildah.cache;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.Digest;
import dev.ocij.spec.FieldWriter;
import dev.ocij.spec.Json;
import dev.ocij.spec.JsonForm;
import java.util.List;

/// Everything that the result of a step depends on, as one digest: the image below, the platform,
/// the instruction with the arguments it uses, and the content of its sources. Nothing of the
/// machine, no time.
public record CacheKey(Digest value) {
  /// The links of the chain, each written as one JSON document so that no two inputs can be
  /// mistaken for one another.
  private record Link(String parent, String instruction, List<Digest> inputs) implements JsonForm {
    @Override
    public JsonNode json() {
      return new FieldWriter()
          .put("parent", parent)
          .put("instruction", instruction)
          .put("inputs", inputs)
          .node();
    }
  }

  /// The key of the image that a stage starts from.
  ///
  /// @param base the digest of the base's configuration
  public static CacheKey base(Digest base) {
    return of(new Link("", "FROM", List.of(base)));
  }

  /// The key after one more step.
  ///
  /// @param instruction the step's canonical text, build arguments included
  /// @param inputs digests of what it reads from elsewhere, in order
  public CacheKey then(String instruction, List<Digest> inputs) {
    return of(new Link(value.toString(), instruction, inputs));
  }

  private static CacheKey of(Link link) {
    return new CacheKey(Digest.of(Json.write(link)));
  }
}
