package dev.ocij.term.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// A struct with fields that its JSON names otherwise, or leaves out where they are empty. Its own
/// fields are those that a template knows.
@SuppressWarnings("unchecked") // of deepCopy, whose copy is a plain node
public final class GoStruct extends ObjectNode implements GoSeen {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // nodes of JSON are serializable, their interface does not say so
  private final JsonNode json;

  /// A struct without fields yet.
  public GoStruct(JsonNode json) {
    super(JsonNodeFactory.instance);
    this.json = json;
  }

  @Override
  public JsonNode json() {
    return json;
  }
}
