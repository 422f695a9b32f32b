package dev.ocij.term.template;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.term.template.TemplateToken.Kind;
import java.util.List;

/// The words of a template, read from the first to the last, which is `END` and stays.
final class TemplateWords {
  private final String template;
  private final List<TemplateToken> tokens;
  private int at;

  TemplateWords(String template) {
    this.template = template;
    this.tokens = TemplateLexer.tokens(template);
  }

  TemplateToken peek() {
    return tokens.get(at);
  }

  TemplateToken peekSecond() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  TemplateToken next() {
    return tokens.get(at == tokens.size() - 1 ? at : at++);
  }

  /// Reads this sign if it is the next word.
  boolean nextIs(String sign) {
    if (!peek().is(Kind.SIGN, sign)) {
      return false;
    }
    next();
    return true;
  }

  void expect(Kind kind, String text) {
    var token = next();
    if (!token.is(kind, text)) {
      throw unexpected(token);
    }
  }

  /// Where the next word is, to come back to.
  int mark() {
    return at;
  }

  void back(int mark) {
    at = mark;
  }

  OciException unexpected(TemplateToken token) {
    return fault(token, "unexpected " + Quoted.of(token.text()));
  }

  OciException fault(TemplateToken token, String found) {
    return fault(token.position(), found);
  }

  OciException fault(int position, String found) {
    return TemplateFault.at(template, position, found);
  }
}
