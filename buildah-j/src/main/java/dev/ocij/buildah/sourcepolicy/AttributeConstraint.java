package dev.ocij.buildah.sourcepolicy;

import dev.ocij.spec.FieldReader;
import java.util.Map;
import java.util.Objects;

/// What an attribute of a source must be for a rule to be about it; one that is missing is empty.
record AttributeConstraint(String key, String value, Condition condition) {
  /// How the value is compared.
  enum Condition {
    EQUAL,
    NOTEQUAL,
    /// The value is a regular expression, that is found anywhere.
    MATCHES
  }

  static AttributeConstraint from(FieldReader json) {
    var value = Objects.requireNonNullElse(json.text("value"), "");
    var condition =
        json.text("condition") == null
            ? Condition.EQUAL
            : json.choice("condition", Condition.class);
    if (condition == Condition.MATCHES) {
      var _ = SourceSelector.compiled(value);
    }
    return new AttributeConstraint(json.required("key"), value, condition);
  }

  boolean holds(Map<String, String> attributes) {
    var found = attributes.getOrDefault(key, "");
    return switch (condition) {
      case EQUAL -> found.equals(value);
      case NOTEQUAL -> !found.equals(value);
      case MATCHES -> SourceSelector.compiled(value).matcher(found).find();
    };
  }
}
