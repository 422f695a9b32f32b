package dev.ocij.term.template;

import dev.ocij.term.template.TemplateToken.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Understands the words of a template.
final class TemplateParser {
  /// A template that was understood.
  ///
  /// @param named what `define` and `block` give a name
  record Parsed(List<TemplateNode> nodes, Map<String, List<TemplateNode>> named) {}

  private final TemplateWords words;
  private final TemplatePipelines pipelines;
  private final Map<String, List<TemplateNode>> named = new HashMap<>();

  /// How many ranges the next word stands in.
  private int ranges;

  private TemplateParser(String template) {
    this.words = new TemplateWords(template);
    this.pipelines = new TemplatePipelines(words);
  }

  static Parsed parse(String template) {
    var parser = new TemplateParser(template);
    var nodes = parser.nodes();
    if (parser.words.peek().kind() != Kind.END) {
      throw parser.words.unexpected(parser.words.peekSecond());
    }
    return new Parsed(nodes, Map.copyOf(parser.named));
  }

  /// All up to `{{end}}`, `{{else` or the end of the template, which stay.
  private List<TemplateNode> nodes() {
    var nodes = new ArrayList<TemplateNode>();
    while (words.peek().kind() != Kind.END && !isEndOfBody()) {
      var token = words.next();
      if (token.kind() == Kind.TEXT) {
        nodes.add(new TemplateNode.Text(token.text()));
      } else if (words.peek().is(Kind.NAME, "define")) {
        define(words.next());
      } else {
        nodes.add(action());
      }
    }
    return nodes;
  }

  private boolean isEndOfBody() {
    var word = words.peekSecond();
    return words.peek().kind() == Kind.OPEN
        && (word.is(Kind.NAME, "end") || word.is(Kind.NAME, "else"));
  }

  private TemplateNode action() {
    return switch (words.peek().kind() == Kind.NAME ? words.peek().text() : "") {
      case "if", "with", "range" -> branch(words.next());
      case "template" -> call(words.next());
      case "block" -> block(words.next());
      case "break", "continue" -> leave(words.next());
      default -> {
        var action = new TemplateNode.Action(pipelines.pipeline(false));
        words.expect(Kind.CLOSE, "}}");
        yield action;
      }
    };
  }

  private TemplateNode branch(TemplateToken keyword) {
    boolean range = keyword.text().equals("range");
    var pipeline = pipelines.pipeline(range);
    words.expect(Kind.CLOSE, "}}");
    ranges += range ? 1 : 0;
    var body = nodes();
    ranges -= range ? 1 : 0;
    var otherwise = otherwise(keyword);
    return switch (keyword.text()) {
      case "if" -> new TemplateNode.If(pipeline, body, otherwise);
      case "with" -> new TemplateNode.With(pipeline, body, otherwise);
      default -> new TemplateNode.Range(pipeline, body, otherwise);
    };
  }

  /// What stands behind `{{else`, and the `{{end}}`, which `{{else if` shares with its `{{if`.
  private List<TemplateNode> otherwise(TemplateToken keyword) {
    if (!words.peekSecond().is(Kind.NAME, "else")) {
      end(keyword);
      return List.of();
    }
    words.next();
    words.next();
    var word = words.peek();
    if (word.is(Kind.NAME, keyword.text()) && !word.text().equals("range")) {
      return List.of(branch(words.next()));
    }
    words.expect(Kind.CLOSE, "}}");
    var otherwise = nodes();
    end(keyword);
    return otherwise;
  }

  private void end(TemplateToken keyword) {
    if (words.peek().kind() == Kind.END) {
      throw words.fault(keyword, "no {{end}} for this {{%s}}".formatted(keyword.text()));
    }
    words.next();
    words.expect(Kind.NAME, "end");
    words.expect(Kind.CLOSE, "}}");
  }

  private void define(TemplateToken keyword) {
    var name = name();
    words.expect(Kind.CLOSE, "}}");
    body(keyword, name);
  }

  /// What is defined is not in the range that it stands in.
  private void body(TemplateToken keyword, String name) {
    int around = ranges;
    ranges = 0;
    named.put(name, nodes());
    ranges = around;
    end(keyword);
  }

  private TemplateNode call(TemplateToken keyword) {
    var name = name();
    var value =
        words.peek().kind() == Kind.CLOSE
            ? Optional.<TemplateNode.Pipeline>empty()
            : Optional.of(pipelines.pipeline(false));
    words.expect(Kind.CLOSE, "}}");
    return new TemplateNode.Call(name, value, keyword.position());
  }

  private TemplateNode block(TemplateToken keyword) {
    var name = name();
    var value = pipelines.pipeline(false);
    words.expect(Kind.CLOSE, "}}");
    body(keyword, name);
    return new TemplateNode.Call(name, Optional.of(value), keyword.position());
  }

  private String name() {
    var name = words.next();
    if (name.kind() != Kind.STRING) {
      throw words.unexpected(name);
    }
    return name.text();
  }

  private TemplateNode leave(TemplateToken keyword) {
    if (ranges == 0) {
      throw words.fault(keyword, "{{%s}} outside {{range}}".formatted(keyword.text()));
    }
    words.expect(Kind.CLOSE, "}}");
    return new TemplateNode.Leave(keyword.text().equals("break"));
  }
}
