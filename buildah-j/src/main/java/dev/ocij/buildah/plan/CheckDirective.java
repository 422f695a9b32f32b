package dev.ocij.buildah.plan;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `# check=skip=RULE,RULE;error=true` says.
///
/// @param skipped rules, or `all`
/// @param error whether a finding ends a build
record CheckDirective(List<String> skipped, boolean error) {
  private static final String SKIP = "skip=";

  static CheckDirective parse(@Nullable String text) {
    var parts = text == null ? List.<String>of() : Arrays.asList(text.split(";"));
    var skipped =
        parts.stream()
            .map(String::strip)
            .filter(part -> part.startsWith(SKIP))
            .flatMap(part -> Arrays.stream(part.substring(SKIP.length()).split(",")))
            .map(String::strip)
            .toList();
    return new CheckDirective(
        skipped, parts.stream().anyMatch(p -> p.strip().equals("error=true")));
  }

  boolean skips(Finding finding) {
    return skipped.contains("all") || skipped.contains(finding.rule().toString());
  }
}
