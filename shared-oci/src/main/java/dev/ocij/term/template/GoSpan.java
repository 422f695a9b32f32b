package dev.ocij.term.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;

/// A duration, which prints as Go prints it: `1m30s`.
public final class GoSpan extends TextNode implements GoSeen {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // nodes of JSON are serializable, their interface does not say so
  private final JsonNode json;

  /// A duration whose JSON is `json`.
  public GoSpan(Duration duration, JsonNode json) {
    super(GoDuration.text(duration));
    this.json = json;
  }

  @Override
  public JsonNode json() {
    return json;
  }
}
