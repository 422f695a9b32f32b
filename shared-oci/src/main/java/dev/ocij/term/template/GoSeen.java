package dev.ocij.term.template;

import com.fasterxml.jackson.databind.JsonNode;

/// A value that templates see in another form than its JSON has.
public sealed interface GoSeen permits GoList, GoMap, GoSpan, GoStruct, GoTime {
  /// What `json` makes of it.
  JsonNode json();
}
