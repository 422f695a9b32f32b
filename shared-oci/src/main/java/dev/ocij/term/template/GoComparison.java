package dev.ocij.term.template;

import com.fasterxml.jackson.databind.JsonNode;

/// Values of templates side by side, as Go compares those of basic types.
final class GoComparison {
  private static final String INCOMPATIBLE = "incompatible types for comparison";

  private GoComparison() {}

  static boolean isEqual(JsonNode one, JsonNode other) {
    if (isNothing(one) || isNothing(other)) {
      return isNothing(one) && isNothing(other);
    }
    if (one.isContainerNode() || one.getNodeType() != other.getNodeType()) {
      throw new IllegalArgumentException(INCOMPATIBLE);
    }
    return one.isNumber()
        ? one.decimalValue().compareTo(other.decimalValue()) == 0
        : one.equals(other);
  }

  private static boolean isNothing(JsonNode value) {
    return value.isNull() || value.isMissingNode();
  }

  /// Less than, equal to or greater than 0, as `one` is beside `other`.
  static int order(JsonNode one, JsonNode other) {
    if (one.isNumber() && other.isNumber()) {
      return one.decimalValue().compareTo(other.decimalValue());
    }
    if (one.isTextual() && other.isTextual()) {
      return one.textValue().compareTo(other.textValue());
    }
    throw new IllegalArgumentException(INCOMPATIBLE);
  }
}
