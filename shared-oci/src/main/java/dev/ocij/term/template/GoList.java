package dev.ocij.term.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;

/// A list that is not there: it prints as an empty one, and is null in JSON.
@SuppressWarnings("unchecked") // of deepCopy, whose copy is a plain node
public final class GoList extends ArrayNode implements GoSeen {
  private static final long serialVersionUID = 1L;

  public GoList() {
    super(JsonNodeFactory.instance);
  }

  @Override
  public JsonNode json() {
    return NullNode.getInstance();
  }
}
