package dev.ocij.spec;

import com.fasterxml.jackson.databind.JsonNode;

/// A document that says itself which fields it has in JSON, and in which order. By its side stands
/// a static `from` that takes a [FieldReader].
public interface JsonForm {
  JsonNode json();
}
