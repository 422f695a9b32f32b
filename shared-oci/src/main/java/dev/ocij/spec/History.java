package dev.ocij.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How one layer, or one change of the configuration, came to be: image-spec, "history".
public record History(
    @Nullable Instant created,
    @Nullable String createdBy,
    @Nullable String author,
    @Nullable String comment,
    boolean emptyLayer)
    implements JsonForm {

  public static History from(FieldReader json) {
    return new History(
        json.time("created"),
        json.text("created_by"),
        json.text("author"),
        json.text("comment"),
        json.flag("empty_layer"));
  }

  @Override
  public JsonNode json() {
    return new FieldWriter()
        .time("created", created)
        .text("created_by", createdBy)
        .text("author", author)
        .text("comment", comment)
        .flag("empty_layer", emptyLayer)
        .node();
  }
}
