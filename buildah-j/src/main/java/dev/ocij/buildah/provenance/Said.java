package dev.ocij.buildah.provenance;

import com.fasterxml.jackson.databind.JsonNode;

/// Something that is said of an image.
///
/// @param predicateType what kind of thing, by its URI
public record Said(String predicateType, JsonNode predicate) {}
