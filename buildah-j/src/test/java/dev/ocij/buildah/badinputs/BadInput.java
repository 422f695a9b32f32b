package dev.ocij.buildah.badinputs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// One case of the generator's list.
///
/// @param folder where it is
/// @param operation `pull` or `build`
/// @param verdict `accept`, `reject`, or `neutralise`: either, as long as nothing outside is
///   touched
/// @param mustName a pattern that one line of the error matches where it is rejected; empty for any
record BadInput(
    String name, Path folder, String source, String operation, String verdict, String mustName) {

  /// All that concern a builder.
  static List<BadInput> read(Path cases) throws IOException {
    var listed = Json.readTree(Files.readAllBytes(cases.resolve("cases.json")), "cases");
    var all = new ArrayList<BadInput>();
    for (var each : listed.path("cases")) {
      for (var operation : List.of("pull", "build")) {
        var verdict = each.path("expect").path(operation);
        if (verdict.isTextual()) {
          all.add(of(cases, each, operation, verdict.textValue()));
        }
      }
    }
    return all;
  }

  private static BadInput of(Path cases, JsonNode listed, String operation, String verdict) {
    var names = new ArrayList<String>();
    listed.path("must_name").forEach(pattern -> names.add(pattern.asText()));
    var name = listed.path("name").asText();
    return new BadInput(
        name,
        cases.resolve(name),
        listed.path("source").asText(),
        operation,
        verdict,
        String.join("|", names));
  }

  @Override
  public String toString() {
    return name + " " + operation;
  }
}
