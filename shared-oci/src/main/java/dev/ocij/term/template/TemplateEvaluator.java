package dev.ocij.term.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.term.template.TemplateNode.Pipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/// Renders the nodes of a template over data.
final class TemplateEvaluator {
  /// How it goes on behind a node.
  private enum Flow {
    ON,
    NEXT_OF_RANGE,
    BEHIND_RANGE
  }

  /// Templates may call themselves.
  private static final int DEEPEST = 200;

  private final String template;
  private final TemplateParser.Parsed parsed;
  private final JsonNode root;
  private final StringBuilder out = new StringBuilder();
  private TemplateValues values;
  private int depth;

  TemplateEvaluator(String template, TemplateParser.Parsed parsed, JsonNode root) {
    this.template = template;
    this.parsed = parsed;
    this.root = root;
    this.values = TemplateValues.of(template, root, root);
  }

  String render() {
    renderAll(parsed.nodes(), root);
    return out.toString();
  }

  /// Variables that are declared inside end with it.
  private Flow renderAll(List<TemplateNode> nodes, JsonNode dot) {
    int before = values.variables().size();
    var flow = Flow.ON;
    for (int i = 0; i < nodes.size() && flow == Flow.ON; i++) {
      flow = render(nodes.get(i), dot);
    }
    values.variables().forget(before);
    return flow;
  }

  private Flow render(TemplateNode node, JsonNode dot) {
    int before = values.variables().size();
    var flow = Flow.ON;
    switch (node) {
      case TemplateNode.Text(var text) -> out.append(text);
      case TemplateNode.Action(var pipeline) -> {
        var value = values.of(pipeline, dot);
        if (pipeline.variables().isEmpty()) {
          out.append(GoValue.print(value));
        }
        return flow;
      }
      case TemplateNode.If(var condition, var then, var otherwise) ->
          flow = renderAll(GoValue.isTrue(values.of(condition, dot)) ? then : otherwise, dot);
      case TemplateNode.With(var pipeline, var body, var otherwise) -> {
        var value = values.of(pipeline, dot);
        boolean there = GoValue.isTrue(value);
        flow = renderAll(there ? body : otherwise, there ? value : dot);
      }
      case TemplateNode.Range range -> flow = render(range, dot);
      case TemplateNode.Call call -> render(call, dot);
      case TemplateNode.Leave(boolean forGood) ->
          flow = forGood ? Flow.BEHIND_RANGE : Flow.NEXT_OF_RANGE;
    }
    values.variables().forget(before);
    return flow;
  }

  private Flow render(TemplateNode.Range range, JsonNode dot) {
    var commands = new Pipeline(List.of(), false, range.values().commands());
    var entries = entries(values.of(commands, dot), commands);
    for (var entry : entries) {
      int before = values.variables().size();
      assign(range.values(), entry);
      var flow = renderAll(range.body(), entry.getValue());
      values.variables().forget(before);
      if (flow == Flow.BEHIND_RANGE) {
        break;
      }
    }
    return entries.isEmpty() ? renderAll(range.otherwise(), dot) : Flow.ON;
  }

  /// What was called knows no variables but its own, and `$`.
  private void render(TemplateNode.Call call, JsonNode dot) {
    var nodes = parsed.named().get(call.name());
    if (nodes == null || depth == DEEPEST) {
      var found = nodes == null ? "not defined" : "calls itself without end";
      throw fault(call.position(), "template %s %s".formatted(Quoted.of(call.name()), found));
    }
    var value =
        call.value().map(pipeline -> values.of(pipeline, dot)).orElse(NullNode.getInstance());
    var around = values;
    values = TemplateValues.of(template, root, value);
    depth++;
    renderAll(nodes, value);
    depth--;
    values = around;
  }

  /// Index or key, and value, of all that a range goes over.
  private List<Map.Entry<JsonNode, JsonNode>> entries(JsonNode ranged, Pipeline pipeline) {
    var entries = new ArrayList<Map.Entry<JsonNode, JsonNode>>();
    if (ranged.isArray()) {
      ranged.forEach(value -> entries.add(Map.entry(LongNode.valueOf(entries.size()), value)));
    } else if (ranged.isObject() && !GoValue.isStruct(ranged)) {
      GoValue.sorted(ranged).forEach((k, v) -> entries.add(Map.entry(TextNode.valueOf(k), v)));
    } else if (ranged.isIntegralNumber()) {
      LongStream.range(0, ranged.longValue())
          .mapToObj(LongNode::valueOf)
          .forEach(each -> entries.add(Map.entry(each, each)));
    } else if (!ranged.isNull() && !ranged.isMissingNode()) {
      throw fault(
          pipeline.commands().getFirst().words().getFirst().position(),
          "range can't iterate over " + GoValue.print(ranged));
    }
    return entries;
  }

  private void assign(Pipeline pipeline, Map.Entry<JsonNode, JsonNode> entry) {
    var names = pipeline.variables();
    if (names.size() == 2) {
      values.set(pipeline, names.getFirst(), entry.getKey());
    }
    if (!names.isEmpty()) {
      values.set(pipeline, names.getLast(), entry.getValue());
    }
  }

  private OciException fault(int position, String found) {
    return TemplateFault.at(template, position, found);
  }
}
