package dev.ocij.term;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.ocij.spec.OciException;
import dev.ocij.term.TemplateNode.Operand;
import dev.ocij.term.TemplateNode.Pipeline;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Renders the nodes of a template over data.
final class TemplateEvaluator {
  /// A variable, whose value may change.
  private static final class Variable {
    private final String name;
    private JsonNode value;

    private Variable(String name, JsonNode value) {
      this.name = name;
      this.value = value;
    }
  }

  private final String template;
  private final JsonNode root;
  private final StringBuilder out = new StringBuilder();
  private final Deque<Variable> variables = new ArrayDeque<>();

  TemplateEvaluator(String template, JsonNode root) {
    this.template = template;
    this.root = root;
    declare("", root);
  }

  String render(List<TemplateNode> nodes) {
    renderAll(nodes, root);
    return out.toString();
  }

  /// Variables that are declared inside end with it.
  private void renderAll(List<TemplateNode> nodes, JsonNode dot) {
    int before = variables.size();
    for (var node : nodes) {
      render(node, dot);
    }
    forget(before);
  }

  private void render(TemplateNode node, JsonNode dot) {
    int before = variables.size();
    switch (node) {
      case TemplateNode.Text(var text) -> out.append(text);
      case TemplateNode.Action(var pipeline) -> {
        var value = value(pipeline, dot);
        if (pipeline.variables().isEmpty()) {
          out.append(GoValue.print(value));
        }
        return;
      }
      case TemplateNode.If(var condition, var then, var otherwise) ->
          renderAll(GoValue.isTrue(value(condition, dot)) ? then : otherwise, dot);
      case TemplateNode.With(var pipeline, var body, var otherwise) -> {
        var value = value(pipeline, dot);
        boolean there = GoValue.isTrue(value);
        renderAll(there ? body : otherwise, there ? value : dot);
      }
      case TemplateNode.Range range -> render(range, dot);
    }
    forget(before);
  }

  private void render(TemplateNode.Range range, JsonNode dot) {
    var commands = new Pipeline(List.of(), false, range.values().commands());
    var entries = entries(value(commands, dot), commands);
    for (var entry : entries) {
      int before = variables.size();
      assign(range.values(), entry);
      renderAll(range.body(), entry.getValue());
      forget(before);
    }
    if (entries.isEmpty()) {
      renderAll(range.otherwise(), dot);
    }
  }

  /// Index or key, and value, of all that a range goes over.
  private List<Map.Entry<JsonNode, JsonNode>> entries(JsonNode values, Pipeline pipeline) {
    var entries = new ArrayList<Map.Entry<JsonNode, JsonNode>>();
    if (values.isArray()) {
      values.forEach(value -> entries.add(Map.entry(LongNode.valueOf(entries.size()), value)));
    } else if (values.isObject() && !GoValue.isStruct(values)) {
      GoValue.sorted(values).forEach((k, v) -> entries.add(Map.entry(TextNode.valueOf(k), v)));
    } else if (!values.isNull() && !values.isMissingNode()) {
      throw fault(
          pipeline.commands().getFirst().words().getFirst(),
          "range can't iterate over " + GoValue.print(values));
    }
    return entries;
  }

  private void assign(Pipeline pipeline, Map.Entry<JsonNode, JsonNode> entry) {
    var names = pipeline.variables();
    if (names.size() == 2) {
      set(pipeline, names.getFirst(), entry.getKey());
    }
    if (!names.isEmpty()) {
      set(pipeline, names.getLast(), entry.getValue());
    }
  }

  private JsonNode value(Pipeline pipeline, JsonNode dot) {
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
    if (!(words.getFirst() instanceof TemplateNode.FunctionName(var name, _))) {
      return value(words.getFirst(), dot);
    }
    var arguments = new ArrayList<JsonNode>();
    for (var word : words.subList(1, words.size())) {
      arguments.add(value(word, dot));
      if (decides(name, arguments.getLast())) {
        return arguments.getLast();
      }
    }
    arguments.addAll(piped);
    return call(name, arguments, words.getFirst());
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
      case TemplateNode.Variable(var name, _) -> variable(name, operand).value;
      case TemplateNode.Parenthesised(var pipeline, _) -> value(pipeline, dot);
      case TemplateNode.FunctionName(var name, _) -> call(name, List.of(), operand);
      case TemplateNode.Field(var of, var name, _) -> field(value(of, dot), name, operand);
    };
  }

  private JsonNode field(JsonNode of, String name, Operand place) {
    if (of.isObject() && (of.has(name) || (!of.equals(root) && !GoValue.isStruct(of)))) {
      return of.path(name);
    }
    if (of.isNull() || of.isMissingNode()) {
      throw fault(place, "nil pointer evaluating .%s".formatted(name));
    }
    throw fault(
        place,
        "can't evaluate field %s in type %s%s".formatted(name, GoValue.type(of), fieldsOf(of)));
  }

  private static String fieldsOf(JsonNode value) {
    return value.isObject()
        ? value.properties().stream()
            .map(Map.Entry::getKey)
            .collect(Collectors.joining(", ", "; it has ", ""))
        : "";
  }

  private void set(Pipeline pipeline, String name, JsonNode value) {
    if (pipeline.declares()) {
      declare(name, value);
    } else {
      variable(name, pipeline.commands().getFirst().words().getFirst()).value = value;
    }
  }

  private void declare(String name, JsonNode value) {
    variables.push(new Variable(name, value));
  }

  private void forget(int size) {
    while (variables.size() > size) {
      variables.pop();
    }
  }

  private Variable variable(String name, Operand place) {
    return variables.stream()
        .filter(variable -> variable.name.equals(name))
        .findFirst()
        .orElseThrow(() -> fault(place, "undefined variable $" + name));
  }

  private OciException fault(Operand place, String found) {
    return TemplateFault.at(template, place.position(), found);
  }
}
