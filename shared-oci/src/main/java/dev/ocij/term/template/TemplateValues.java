package dev.ocij.term.template;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.OciException;
import dev.ocij.term.template.TemplateNode.Operand;
import dev.ocij.term.template.TemplateNode.Pipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The values of what stands in the actions of a template.
///
/// @param root the data, whose fields a template may not miss
record TemplateValues(String template, JsonNode root, TemplateVariables variables) {
  /// Without variables but `$`.
  static TemplateValues of(String template, JsonNode root, JsonNode outermost) {
    var variables = new TemplateVariables();
    variables.declare("", outermost);
    return new TemplateValues(template, root, variables);
  }

  /// Also gives it to the variables of the pipeline.
  JsonNode of(Pipeline pipeline, JsonNode dot) {
    var arguments = new ArrayList<JsonNode>();
    for (var command : pipeline.commands()) {
      var value = value(command, List.copyOf(arguments), dot);
      arguments.clear();
      arguments.add(value);
    }
    var value = arguments.getFirst();
    if (!pipeline.variables().isEmpty()) {
      set(pipeline, pipeline.variables().getFirst(), value);
    }
    return value;
  }

  /// @param piped the value of the command before, if there is one
  private JsonNode value(TemplateNode.Command command, List<JsonNode> piped, JsonNode dot) {
    var words = command.words();
    return switch (words.getFirst()) {
      case TemplateNode.FunctionName function -> called(function, words, piped, dot);
      case TemplateNode.Field field when words.size() > 1 || !piped.isEmpty() ->
          method(field, words, piped, dot);
      case Operand alone -> value(alone, dot);
    };
  }

  private JsonNode called(
      TemplateNode.FunctionName function, List<Operand> words, List<JsonNode> piped, JsonNode dot) {
    var arguments = new ArrayList<JsonNode>();
    for (var word : words.subList(1, words.size())) {
      arguments.add(value(word, dot));
      if (decides(function.name(), arguments.getLast())) {
        return arguments.getLast();
      }
    }
    arguments.addAll(piped);
    return call(function.name(), arguments, function);
  }

  private JsonNode method(
      TemplateNode.Field field, List<Operand> words, List<JsonNode> piped, JsonNode dot) {
    var arguments = new ArrayList<JsonNode>();
    words.stream().skip(1).forEach(word -> arguments.add(value(word, dot)));
    arguments.addAll(piped);
    return method(value(field.of(), dot), field, arguments)
        .orElseThrow(
            () -> fault(field, ".%s is no method that takes arguments".formatted(field.name())));
  }

  private Optional<JsonNode> method(
      JsonNode of, TemplateNode.Field field, List<JsonNode> arguments) {
    try {
      return TemplateMethods.call(of, field.name(), arguments);
    } catch (IllegalArgumentException e) {
      throw fault(field, "error calling %s: %s".formatted(field.name(), e.getMessage()));
    }
  }

  private static boolean decides(String name, JsonNode argument) {
    return switch (name) {
      case TemplateFunctions.AND -> !GoValue.isTrue(argument);
      case TemplateFunctions.OR -> GoValue.isTrue(argument);
      default -> false;
    };
  }

  private JsonNode call(String name, List<JsonNode> arguments, Operand place) {
    boolean decidedByLast = name.equals(TemplateFunctions.AND) || name.equals(TemplateFunctions.OR);
    try {
      return decidedByLast && !arguments.isEmpty()
          ? arguments.getLast()
          : TemplateFunctions.call(name, arguments);
    } catch (IllegalArgumentException e) {
      throw fault(place, "error calling %s: %s".formatted(name, e.getMessage()));
    }
  }

  private JsonNode value(Operand operand, JsonNode dot) {
    return switch (operand) {
      case TemplateNode.Dot _ -> dot;
      case TemplateNode.Literal(var value, _) -> value;
      case TemplateNode.Variable(var name, _) -> variable(name, operand).value();
      case TemplateNode.Parenthesised(var pipeline, _) -> of(pipeline, dot);
      case TemplateNode.FunctionName(var name, _) -> call(name, List.of(), operand);
      case TemplateNode.Field field -> field(value(field.of(), dot), field);
    };
  }

  private JsonNode field(JsonNode of, TemplateNode.Field field) {
    var name = field.name();
    if (of.isObject() && (of.has(name) || (!of.equals(root) && !GoValue.isStruct(of)))) {
      return of.path(name);
    }
    if (of.isNull() || of.isMissingNode()) {
      throw fault(field, "nil pointer evaluating .%s".formatted(name));
    }
    return method(of, field, List.of())
        .orElseThrow(() ->
            fault(
                field,
                "can't evaluate field %s in type %s%s"
                    .formatted(name, GoValue.type(of), fieldsOf(of))));
  }

  private static String fieldsOf(JsonNode value) {
    return value.isObject()
        ? value.properties().stream()
            .map(Map.Entry::getKey)
            .collect(Collectors.joining(", ", "; it has ", ""))
        : "";
  }

  void set(Pipeline pipeline, String name, JsonNode value) {
    if (pipeline.declares()) {
      variables.declare(name, value);
    } else {
      variable(name, pipeline.commands().getFirst().words().getFirst()).set(value);
    }
  }

  private TemplateVariables.Variable variable(String name, Operand place) {
    return variables.find(name).orElseThrow(() -> fault(place, "undefined variable $" + name));
  }

  private OciException fault(Operand place, String found) {
    return fault(place.position(), found);
  }

  private OciException fault(int position, String found) {
    return TemplateFault.at(template, position, found);
  }
}
