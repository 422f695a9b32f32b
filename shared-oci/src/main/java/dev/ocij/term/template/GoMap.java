package dev.ocij.term.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/// A map, also where its keys look like the fields of a struct. One that is not there prints as an
/// empty one, and is null in JSON.
@SuppressWarnings("unchecked") // of deepCopy, whose copy is a plain node
public final class GoMap extends ObjectNode implements GoSeen {
  private static final long serialVersionUID = 1L;

  private final boolean present;

  /// One that is not there.
  public GoMap() {
    super(JsonNodeFactory.instance);
    present = false;
  }

  public GoMap(Map<String, String> entries) {
    super(JsonNodeFactory.instance);
    present = true;
    entries.forEach(this::put);
  }

  @Override
  public JsonNode json() {
    return present ? JsonNodeFactory.instance.objectNode().setAll(this) : NullNode.getInstance();
  }
}
