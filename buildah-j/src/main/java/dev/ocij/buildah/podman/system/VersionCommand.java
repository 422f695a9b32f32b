package dev.ocij.buildah.podman.system;

import dev.ocij.spec.Json;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.template.GoJson;
import dev.ocij.term.template.GoTemplate;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Supplier;

/// `version`: of this program.
public final class VersionCommand implements Command {
  private final Options options = Options.of(this, "Print the versions.");
  private final Supplier<Optional<String>> format =
      options.text("-f, --format", "json|TEMPLATE", "print this of it");

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() {
    var client = Json.object();
    client.set("Client", Versions.json());
    options.out().println(format.get().map(text -> formatted(text, client)).orElseGet(this::text));
    return ExitCode.OK;
  }

  /// Scripts ask for the version of a server, which is this program.
  private static String formatted(String text, com.fasterxml.jackson.databind.JsonNode client) {
    return text.equals("json")
        ? GoJson.compact(client)
        : GoTemplate.parse(text.replace(".Server.", ".Client.")).render(client);
  }

  private String text() {
    var versions = Versions.json();
    var fields = new LinkedHashMap<String, String>();
    fields.put("Client", "podman-j");
    fields.put("Version", versions.path("Version").asText());
    fields.put("API Version", versions.path("APIVersion").asText());
    fields.put("Go Version", versions.path("GoVersion").asText());
    fields.put("Built", versions.path("BuiltTime").asText());
    fields.put("Build Origin", versions.path("BuildOrigin").asText());
    fields.put("OS/Arch", versions.path("OsArch").asText());
    return String.join(
        "\n",
        fields.entrySet().stream()
            .map(field -> "%-15s%s".formatted(field.getKey() + ":", field.getValue()))
            .toList());
  }
}
