package dev.ocij.term.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// The variables that a template has declared so far; of two with one name the later counts.
final class TemplateVariables {
  /// A variable, whose value may change.
  static final class Variable {
    private final String name;
    private JsonNode value;

    private Variable(String name, JsonNode value) {
      this.name = name;
      this.value = value;
    }

    JsonNode value() {
      return value;
    }

    void set(JsonNode changed) {
      value = changed;
    }
  }

  private final Deque<Variable> declared = new ArrayDeque<>();

  void declare(String name, JsonNode value) {
    declared.push(new Variable(name, value));
  }

  Optional<Variable> find(String name) {
    return declared.stream().filter(variable -> variable.name.equals(name)).findFirst();
  }

  int size() {
    return declared.size();
  }

  /// Those that were declared since there were so many are gone.
  void forget(int size) {
    while (declared.size() > size) {
      declared.pop();
    }
  }
}
