package dev.ocij.term;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.term.TemplateToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Understands the words of a template.
final class TemplateParser {
  private static final Set<String> NOT_THERE_YET =
      Set.of("block", "break", "continue", "define", "template");

  private final String template;
  private final List<TemplateToken> tokens;
  private int at;

  private TemplateParser(String template) {
    this.template = template;
    this.tokens = TemplateLexer.tokens(template);
  }

  static List<TemplateNode> parse(String template) {
    var parser = new TemplateParser(template);
    var nodes = parser.nodes();
    if (parser.peek().kind() != Kind.END) {
      throw parser.unexpected(parser.tokens.get(parser.at + 1));
    }
    return nodes;
  }

  /// All up to `{{end}}`, `{{else` or the end of the template, which stay.
  private List<TemplateNode> nodes() {
    var nodes = new ArrayList<TemplateNode>();
    while (peek().kind() != Kind.END && !isEndOfBody()) {
      var token = next();
      nodes.add(token.kind() == Kind.TEXT ? new TemplateNode.Text(token.text()) : action());
    }
    return nodes;
  }

  private boolean isEndOfBody() {
    var word = tokens.get(Math.min(at + 1, tokens.size() - 1));
    return peek().kind() == Kind.OPEN && (word.is(Kind.NAME, "end") || word.is(Kind.NAME, "else"));
  }

  private TemplateNode action() {
    var word = peek();
    if (word.kind() == Kind.NAME && NOT_THERE_YET.contains(word.text())) {
      throw fault(word, "{{" + word.text() + "}} is not implemented yet");
    }
    if (word.kind() == Kind.NAME && isBlock(word.text())) {
      return block(next());
    }
    var action = new TemplateNode.Action(pipeline(false));
    expect(Kind.CLOSE, "}}");
    return action;
  }

  private static boolean isBlock(String word) {
    return word.equals("if") || word.equals("with") || word.equals("range");
  }

  private TemplateNode block(TemplateToken keyword) {
    var pipeline = pipeline(keyword.text().equals("range"));
    expect(Kind.CLOSE, "}}");
    var body = nodes();
    var otherwise = otherwise(keyword);
    return switch (keyword.text()) {
      case "if" -> new TemplateNode.If(pipeline, body, otherwise);
      case "with" -> new TemplateNode.With(pipeline, body, otherwise);
      default -> new TemplateNode.Range(pipeline, body, otherwise);
    };
  }

  /// What stands behind `{{else`, and the `{{end}}`, which `{{else if` shares with its `{{if`.
  private List<TemplateNode> otherwise(TemplateToken keyword) {
    if (peek().kind() == Kind.END) {
      throw fault(keyword, "no {{end}} for this {{%s}}".formatted(keyword.text()));
    }
    next();
    if (next().text().equals("end")) {
      expect(Kind.CLOSE, "}}");
      return List.of();
    }
    var word = peek();
    if (word.is(Kind.NAME, keyword.text()) && !word.text().equals("range")) {
      return List.of(block(next()));
    }
    expect(Kind.CLOSE, "}}");
    var otherwise = nodes();
    if (peek().kind() == Kind.END) {
      throw fault(keyword, "no {{end}} for this {{%s}}".formatted(keyword.text()));
    }
    next();
    expect(Kind.NAME, "end");
    expect(Kind.CLOSE, "}}");
    return otherwise;
  }

  private TemplateNode.Pipeline pipeline(boolean ofRange) {
    var variables = new ArrayList<String>();
    int start = at;
    while (peek().kind() == Kind.VARIABLE) {
      variables.add(next().text().substring(1));
      if (peek().is(Kind.SIGN, ":=") || peek().is(Kind.SIGN, "=")) {
        boolean declares = next().text().equals(":=");
        return new TemplateNode.Pipeline(variables, declares, commands());
      }
      if (!ofRange || variables.size() == 2 || !peek().is(Kind.SIGN, ",")) {
        break;
      }
      next();
    }
    at = start;
    return new TemplateNode.Pipeline(List.of(), false, commands());
  }

  private List<TemplateNode.Command> commands() {
    var commands = new ArrayList<TemplateNode.Command>();
    do {
      commands.add(command(!commands.isEmpty()));
    } while (nextIs("|"));
    return commands;
  }

  private TemplateNode.Command command(boolean takesValue) {
    var words = new ArrayList<TemplateNode.Operand>();
    while (peek().kind() != Kind.CLOSE
        && !peek().is(Kind.SIGN, "|")
        && !peek().is(Kind.SIGN, ")")) {
      words.add(operand());
    }
    if (words.isEmpty()) {
      throw fault(peek(), "missing value");
    }
    boolean callable = words.getFirst() instanceof TemplateNode.FunctionName;
    if (!callable && (takesValue || words.size() > 1)) {
      throw TemplateFault.at(
          template, words.getFirst().position(), "only a function takes arguments");
    }
    return new TemplateNode.Command(List.copyOf(words));
  }

  private TemplateNode.Operand operand() {
    var operand = simple(next());
    while (peek().kind() == Kind.FIELD && !peek().spaced()) {
      var field = next();
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
      case TEXT, OPEN, CLOSE, END -> throw unexpected(token);
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
          throw fault(token, "function %s not defined".formatted(Quoted.of(token.text())));
        }
        yield new TemplateNode.FunctionName(token.text(), token.position());
      }
    };
  }

  private TemplateNode.Operand parenthesised(TemplateToken token) {
    if (!token.text().equals("(")) {
      throw unexpected(token);
    }
    var pipeline = pipeline(false);
    expect(Kind.SIGN, ")");
    return new TemplateNode.Parenthesised(pipeline, token.position());
  }

  private TemplateToken peek() {
    return tokens.get(at);
  }

  private TemplateToken next() {
    return tokens.get(at == tokens.size() - 1 ? at : at++);
  }

  private boolean nextIs(String sign) {
    if (!peek().is(Kind.SIGN, sign)) {
      return false;
    }
    next();
    return true;
  }

  private void expect(Kind kind, String text) {
    var token = next();
    if (!token.is(kind, text)) {
      throw unexpected(token);
    }
  }

  private OciException unexpected(TemplateToken token) {
    return fault(token, "unexpected " + Quoted.of(token.text()));
  }

  private OciException fault(TemplateToken token, String found) {
    return TemplateFault.at(template, token.position(), found);
  }
}
