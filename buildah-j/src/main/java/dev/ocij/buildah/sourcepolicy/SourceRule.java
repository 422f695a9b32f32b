package dev.ocij.buildah.sourcepolicy;

import dev.ocij.spec.FieldReader;
import dev.ocij.spec.Quoted;
import java.util.Map;
import java.util.Objects;

/// A rule of a source policy.
///
/// @param updates what CONVERT makes of a source
record SourceRule(Action action, SourceSelector selector, Updates updates) {
  /// What is done about the sources that a rule selects.
  enum Action {
    ALLOW,
    DENY,
    CONVERT
  }

  /// @param identifier empty to keep it
  /// @param attributes that are set
  record Updates(String identifier, Map<String, String> attributes) {
    private static final Updates NOTHING = new Updates("", Map.of());

    static Updates from(FieldReader json) {
      return new Updates(
          Objects.requireNonNullElse(json.text("identifier"), ""), json.textMap("attrs"));
    }
  }

  static SourceRule from(FieldReader json) {
    return new SourceRule(
        json.choice("action", Action.class),
        json.requiredObject("selector", SourceSelector::from),
        Objects.requireNonNullElse(json.object("updates", Updates::from), Updates.NOTHING));
  }

  boolean selects(BuildSource source) {
    return selector.matches(source);
  }

  /// What it has in place of a source that it selects; the same where it changes nothing.
  BuildSource converted(BuildSource source) {
    return source.with(
        updates.identifier().isEmpty()
            ? ""
            : selector.formatted(source.identifier(), updates.identifier()),
        updates.attributes());
  }

  @Override
  public String toString() {
    return action + " " + Quoted.of(selector.text());
  }
}
