package dev.ocij.buildah.podman.kube;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Texts that name variables as `$(NAME)`. One that is not known stays as it is written, and `$$`
/// is one `$`.
record VariableText(Map<String, String> variables) {
  private static final Pattern REFERENCE = Pattern.compile("\\$(?:\\$|\\(([^()]*)\\))");

  String expand(String text) {
    return REFERENCE
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(value(found.group(), found.group(1))));
  }

  private String value(String whole, @Nullable String name) {
    return name == null ? "$" : variables.getOrDefault(name, whole);
  }
}
