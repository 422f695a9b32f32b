package dev.ocij.buildah.podman.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.spec.Json;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.term.template.GoJson;
import dev.ocij.term.template.GoTemplate;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// `info`: the machine and the store.
public final class InfoCommand implements Command {
  /// Names in templates that are not the JSON's with a capital.
  private static final Map<String, String> NAMES =
      Map.of(
          "cgroupVersion", "CgroupsVersion",
          "cpus", "CPUs",
          "idMappings", "IDMappings",
          "gidmap", "GIDMap",
          "uidmap", "UIDMap",
          "ociRuntime", "OCIRuntime",
          "os", "OS");

  private final Options options = Options.of(this, "Show the machine and the store.");
  private final Supplier<Optional<String>> format =
      options.text("-f, --format", "json|TEMPLATE", "print this of it");
  private final StoreFlags store;

  public InfoCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var info = Json.object();
    info.set("host", new HostInfo(System.getenv()).json());
    info.set("store", new StoreInfo(store.store()).json());
    info.putObject("registries");
    var plugins = info.putObject("plugins");
    plugins.putNull("authorization");
    plugins.putArray("log").add("k8s-file").add("none");
    plugins.putArray("network");
    plugins.putArray("volume").add("local");
    info.set("version", Versions.json());
    print(info);
    return ExitCode.OK;
  }

  private void print(ObjectNode info) {
    switch (format.get().orElse("")) {
      case "" -> options.out().println(YamlText.of(info));
      case "json" -> options.out().println(GoJson.indented(info, 2));
      case String text -> options.out().println(GoTemplate.parse(text).render(renamed(info)));
    }
  }

  private static JsonNode renamed(JsonNode value) {
    if (value.isArray()) {
      return Json.array(value.valueStream().map(InfoCommand::renamed));
    }
    if (!value.isObject()) {
      return value;
    }
    var object = Json.object();
    value
        .properties()
        .forEach(field ->
            object.set(
                NAMES.getOrDefault(field.getKey(), capital(field.getKey())),
                renamed(field.getValue())));
    return object;
  }

  private static String capital(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }
}
