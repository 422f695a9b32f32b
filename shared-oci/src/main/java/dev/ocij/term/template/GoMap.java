package dev.ocij.term.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// A map that is not there: it prints as an empty one, and is null in JSON.
@SuppressWarnings("unchecked") // of deepCopy, whose copy is a plain node
public final class GoMap extends ObjectNode implements GoSeen {
  private static final long serialVersionUID = 1L;

  public GoMap() {
    super(JsonNodeFactory.instance);
  }

  @Override
  public JsonNode json() {
    return NullNode.getInstance();
  }
}
