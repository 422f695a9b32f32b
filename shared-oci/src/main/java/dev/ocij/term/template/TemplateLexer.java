package dev.ocij.term.template;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.term.template.TemplateToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Cuts a template into words. Comments are gone afterwards, and the space that `{{-` and `-}}`
/// trim.
final class TemplateLexer {
  private static final Pattern COMMENT =
      Pattern.compile("(?:-\\s+)?/\\*.*?\\*/(\\s+-)?}}", Pattern.DOTALL);
  private static final Pattern CLOSE = Pattern.compile("\\s+-}}|\\s*}}");
  private static final Pattern WORD =
      Pattern.compile(
          """
          \\.(?<field>[\\p{L}_][\\p{L}\\p{Nd}_]*)
          |(?<number>[-+]?(?:0[xX][0-9a-fA-F]+|[0-9]+(?:\\.[0-9]*)?(?:[eE][-+]?[0-9]+)?))
          |(?<dot>\\.)
          |(?<variable>\\$[\\p{L}\\p{Nd}_]*)
          |(?<name>[\\p{L}_][\\p{L}\\p{Nd}_]*)
          |"(?<string>(?:[^"\\\\\\n]|\\\\.)*)"
          |`(?<raw>[^`]*)`
          |'(?<character>[^'\\\\\\n]|\\\\.)'
          |(?<sign>:=|[|(),=])
          """,
          Pattern.COMMENTS);

  private final String template;
  private final List<TemplateToken> tokens = new ArrayList<>();
  private int at;

  private TemplateLexer(String template) {
    this.template = template;
  }

  static List<TemplateToken> tokens(String template) {
    return new TemplateLexer(template).run();
  }

  private List<TemplateToken> run() {
    boolean trim = false;
    while (at < template.length()) {
      int open = template.indexOf("{{", at);
      int end = open < 0 ? template.length() : open;
      var text = template.substring(at, end);
      boolean trimEnd = open >= 0 && trimsBefore(open + 2);
      addText(trim ? text.stripLeading() : text, trimEnd);
      at = end;
      trim = open >= 0 && action(open);
    }
    add(Kind.END, "", at, false);
    return tokens;
  }

  private void addText(String text, boolean trimEnd) {
    var kept = trimEnd ? text.stripTrailing() : text;
    if (!kept.isEmpty()) {
      add(Kind.TEXT, kept, at, false);
    }
  }

  private boolean trimsBefore(int position) {
    return template.startsWith("-", position)
        && position + 1 < template.length()
        && Character.isWhitespace(template.charAt(position + 1));
  }

  /// Whether the text behind the action is trimmed.
  private boolean action(int open) {
    at = open + 2;
    var comment = matcher(COMMENT);
    if (comment.lookingAt()) {
      at = comment.end();
      return comment.group(1) != null;
    }
    if (trimsBefore(at)) {
      at++;
    }
    add(Kind.OPEN, "{{", open, false);
    while (true) {
      var close = matcher(CLOSE);
      if (close.lookingAt()) {
        add(Kind.CLOSE, "}}", at, false);
        at = close.end();
        return close.group().contains("-");
      }
      word(open);
    }
  }

  private void word(int open) {
    int before = at;
    while (at < template.length() && Character.isWhitespace(template.charAt(at))) {
      at++;
    }
    var word = matcher(WORD);
    if (at == template.length()) {
      throw TemplateFault.at(template, open, "unclosed action");
    }
    if (!word.lookingAt()) {
      throw TemplateFault.at(
          template, at, "unexpected " + Quoted.of(template.substring(at, at + 1)) + " in action");
    }
    add(word, at > before);
    at = word.end();
  }

  private void add(Matcher word, boolean spaced) {
    add(Kind.FIELD, word.group("field"), at, spaced);
    add(Kind.NUMBER, word.group("number"), at, spaced);
    add(Kind.DOT, word.group("dot"), at, spaced);
    add(Kind.VARIABLE, word.group("variable"), at, spaced);
    add(Kind.NAME, word.group("name"), at, spaced);
    add(Kind.STRING, word.group("raw"), at, spaced);
    add(Kind.SIGN, word.group("sign"), at, spaced);
    if (word.group("string") != null) {
      add(Kind.STRING, unescaped(word.group("string")), at, spaced);
    }
    if (word.group("character") != null) {
      add(Kind.NUMBER, "" + unescaped(word.group("character")).codePointAt(0), at, spaced);
    }
  }

  /// Java has the escapes that people write, and not those of Go for code points.
  private String unescaped(String text) {
    try {
      return text.translateEscapes();
    } catch (IllegalArgumentException e) {
      OciException fault = TemplateFault.at(template, at, "unknown escape in " + Quoted.of(text));
      fault.addSuppressed(e);
      throw fault;
    }
  }

  private void add(Kind kind, String text, int position, boolean spaced) {
    if (text != null) {
      tokens.add(new TemplateToken(kind, text, position, spaced));
    }
  }

  private Matcher matcher(Pattern pattern) {
    return pattern.matcher(template).region(at, template.length());
  }
}
