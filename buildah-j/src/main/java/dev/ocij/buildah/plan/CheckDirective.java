package dev.ocij.buildah.plan;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `# check=skip=RULE,RULE;error=true;experimental=RULE` says.
///
/// @param skipped rules, or `all`
/// @param experimental rules that are not looked at unless they stand here, or `all`
/// @param error whether a finding ends a build
record CheckDirective(List<String> skipped, List<String> experimental, boolean error) {

  static CheckDirective parse(@Nullable String text) {
    var parts = text == null ? List.<String>of() : Arrays.asList(text.split(";"));
    return new CheckDirective(
        names(parts, "skip="),
        names(parts, "experimental="),
        parts.stream().anyMatch(part -> part.strip().equals("error=true")));
  }

  private static List<String> names(List<String> parts, String key) {
    return parts.stream()
        .map(String::strip)
        .filter(part -> part.startsWith(key))
        .flatMap(part -> Arrays.stream(part.substring(key.length()).split(",")))
        .map(String::strip)
        .toList();
  }

  boolean skips(Finding finding) {
    return names(skipped, finding)
        || (finding.rule() == Rule.INVALID_DEFINITION_DESCRIPTION && !names(experimental, finding));
  }

  private static boolean names(List<String> rules, Finding finding) {
    return rules.contains("all") || rules.contains(finding.rule().toString());
  }
}
