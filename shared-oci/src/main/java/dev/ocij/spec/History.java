package dev.ocij.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How one layer, or one change of the configuration, came to be: image-spec, "history".
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record History(
    @Nullable Instant created,
    @JsonProperty("created_by") @Nullable String createdBy,
    @Nullable String author,
    @Nullable String comment,
    @JsonProperty("empty_layer")
        @JsonSetter(nulls = Nulls.AS_EMPTY)
        @JsonInclude(JsonInclude.Include.NON_DEFAULT)
        boolean emptyLayer) {}
