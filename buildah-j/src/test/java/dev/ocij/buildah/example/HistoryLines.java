package dev.ocij.buildah.example;

import dev.ocij.spec.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// The instructions of an image's history by their number, without what two builders may write
/// differently.
final class HistoryLines {
  /// Each builder has a digest of its own of what it copied.
  private static final Pattern CONTENT = Pattern.compile("\\b(file|dir|multi):[0-9a-f]{64} ");

  /// Debian's buildah writes the shell before a command that it is not given to.
  private static final Pattern EXEC = Pattern.compile("((?:\\|.* )?)/bin/sh -c (\\[\".*\"])");

  /// ... and the names of all arguments so far in place of what ARG says.
  private static final Pattern ARG = Pattern.compile("(/bin/sh -c #\\(nop\\) ARG) .*");

  private HistoryLines() {}

  static Map<String, String> of(BuiltImage image) throws IOException {
    var numbered = new TreeMap<String, String>();
    for (var line : image.history()) {
      numbered.put("%02d".formatted(numbered.size()), comparable(line));
    }
    return numbered;
  }

  private static String comparable(String line) {
    var exec = EXEC.matcher(line);
    var ran = exec.matches() ? exec.group(1) + words(exec.group(2)) : line;
    return ARG.matcher(CONTENT.matcher(ran).replaceAll("$1:DIGEST ")).replaceAll("$1");
  }

  private static String words(String json) {
    var words = Json.readTree(json.getBytes(StandardCharsets.UTF_8), "exec form");
    return StreamSupport.stream(words.spliterator(), false)
        .map(word -> word.asText())
        .collect(Collectors.joining(" "));
  }
}
