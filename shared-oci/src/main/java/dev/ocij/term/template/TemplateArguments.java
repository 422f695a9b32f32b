package dev.ocij.term.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// What a function of templates is called with, and what it requires of that: how many there are,
/// and of which type.
record TemplateArguments(List<JsonNode> all) {
  /// These, if there are so many.
  TemplateArguments exactly(int wanted) {
    if (all.size() != wanted) {
      throw new IllegalArgumentException(
          "wrong number of args: want %d got %d".formatted(wanted, all.size()));
    }
    return this;
  }

  JsonNode only() {
    return exactly(1).first();
  }

  int count() {
    return all.size();
  }

  JsonNode first() {
    return all.getFirst();
  }

  JsonNode last() {
    return all.getLast();
  }

  /// What comes behind the first, if there is one.
  List<JsonNode> rest() {
    return all.isEmpty() ? all : all.subList(1, all.size());
  }

  String string(int at) {
    return string(all.get(at));
  }

  int integer(int at) {
    return integer(all.get(at));
  }

  static String string(JsonNode value) {
    if (!value.isTextual()) {
      throw wrong("a string", value);
    }
    return value.textValue();
  }

  static int integer(JsonNode value) {
    if (!value.canConvertToInt() || !value.isIntegralNumber()) {
      throw wrong("an integer", value);
    }
    return value.intValue();
  }

  static IllegalArgumentException wrong(String expected, JsonNode found) {
    return new IllegalArgumentException(
        "expected %s, found %s".formatted(expected, GoValue.type(found)));
  }
}
