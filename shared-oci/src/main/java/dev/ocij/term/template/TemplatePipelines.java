package dev.ocij.term.template;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.ocij.spec.Quoted;
import dev.ocij.term.template.TemplateToken.Kind;
import java.util.ArrayList;
import java.util.List;

/// Understands what stands in the actions of a template: commands, their operands, and the
/// variables that get the value.
record TemplatePipelines(TemplateWords words) {
  /// @param ofRange whether two variables may stand there
  TemplateNode.Pipeline pipeline(boolean ofRange) {
    var variables = new ArrayList<String>();
    int start = words.mark();
    while (words.peek().kind() == Kind.VARIABLE) {
      variables.add(words.next().text().substring(1));
      if (words.peek().is(Kind.SIGN, ":=") || words.peek().is(Kind.SIGN, "=")) {
        boolean declares = words.next().text().equals(":=");
        return new TemplateNode.Pipeline(variables, declares, commands());
      }
      if (!ofRange || variables.size() == 2 || !words.nextIs(",")) {
        break;
      }
    }
    words.back(start);
    return new TemplateNode.Pipeline(List.of(), false, commands());
  }

  private List<TemplateNode.Command> commands() {
    var commands = new ArrayList<TemplateNode.Command>();
    do {
      commands.add(command(!commands.isEmpty()));
    } while (words.nextIs("|"));
    return commands;
  }

  private TemplateNode.Command command(boolean takesValue) {
    var operands = new ArrayList<TemplateNode.Operand>();
    while (words.peek().kind() != Kind.CLOSE
        && !words.peek().is(Kind.SIGN, "|")
        && !words.peek().is(Kind.SIGN, ")")) {
      operands.add(operand());
    }
    if (operands.isEmpty()) {
      throw words.fault(words.peek(), "missing value");
    }
    var first = operands.getFirst();
    boolean callable =
        first instanceof TemplateNode.FunctionName || first instanceof TemplateNode.Field;
    if (!callable && (takesValue || operands.size() > 1)) {
      throw words.fault(first.position(), "only a function takes arguments");
    }
    return new TemplateNode.Command(List.copyOf(operands));
  }

  private TemplateNode.Operand operand() {
    var operand = simple(words.next());
    while (words.peek().kind() == Kind.FIELD && !words.peek().spaced()) {
      var field = words.next();
      operand = new TemplateNode.Field(operand, field.text(), field.position());
    }
    return operand;
  }

  private TemplateNode.Operand simple(TemplateToken token) {
    int position = token.position();
    return switch (token.kind()) {
      case DOT -> new TemplateNode.Dot(position);
      case FIELD -> new TemplateNode.Field(new TemplateNode.Dot(position), token.text(), position);
      case VARIABLE -> new TemplateNode.Variable(token.text().substring(1), position);
      case STRING -> new TemplateNode.Literal(new TextNode(token.text()), position);
      case NUMBER -> new TemplateNode.Literal(GoValue.number(token.text()), position);
      case NAME -> name(token);
      case SIGN -> parenthesised(token);
      case TEXT, OPEN, CLOSE, END -> throw words.unexpected(token);
    };
  }

  private TemplateNode.Operand name(TemplateToken token) {
    return switch (token.text()) {
      case "true", "false" ->
          new TemplateNode.Literal(
              BooleanNode.valueOf(token.text().equals("true")), token.position());
      case "nil" -> new TemplateNode.Literal(NullNode.instance, token.position());
      default -> {
        if (!TemplateFunctions.has(token.text())) {
          throw words.fault(token, "function %s not defined".formatted(Quoted.of(token.text())));
        }
        yield new TemplateNode.FunctionName(token.text(), token.position());
      }
    };
  }

  private TemplateNode.Operand parenthesised(TemplateToken token) {
    if (!token.text().equals("(")) {
      throw words.unexpected(token);
    }
    var pipeline = pipeline(false);
    words.expect(Kind.SIGN, ")");
    return new TemplateNode.Parenthesised(pipeline, token.position());
  }
}
