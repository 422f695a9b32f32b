package dev.ocij.skopeo.sync;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// A regular expression that is looked for anywhere in a tag.
public record TagPattern(Pattern pattern) {
  /// @throws OciException of category `USAGE` where the text is no regular expression
  public static TagPattern parse(String text) {
    try {
      return new TagPattern(Pattern.compile(text));
    } catch (PatternSyntaxException e) {
      throw new OciException(
          OciException.Category.USAGE,
          "invalid pattern of tags %s: %s".formatted(Quoted.of(text), e.getDescription()),
          e);
    }
  }

  public Predicate<String> asPredicate() {
    return pattern.asPredicate();
  }
}
