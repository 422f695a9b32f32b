package dev.ocij.buildah.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Variables that are put together from those of the image: `PATH=${PATH}:/my/bin`.
final class MergedEnvironment {
  private static final Pattern NAME = Pattern.compile("\\$(?:\\{(\\w+)}|(\\w+))");

  private final Map<String, String> known = new HashMap<>();

  MergedEnvironment(List<String> image, List<String> given) {
    image.forEach(this::put);
    given.forEach(this::put);
  }

  List<String> expand(List<String> templates) {
    return templates.stream().map(this::expand).toList();
  }

  private String expand(String template) {
    return NAME.matcher(template)
        .replaceAll(found -> {
          var name = found.group(1) == null ? found.group(2) : found.group(1);
          return Matcher.quoteReplacement(known.getOrDefault(name, ""));
        });
  }

  private void put(String variable) {
    int equals = variable.indexOf('=');
    if (equals > 0) {
      known.put(variable.substring(0, equals), variable.substring(equals + 1));
    }
  }
}
