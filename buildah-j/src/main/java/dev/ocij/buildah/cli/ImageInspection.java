package dev.ocij.buildah.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.spec.Json;
import dev.ocij.transport.local.LocalImage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// What `inspect` tells of an image, in buildah's fields.
final class ImageInspection {
  private static final List<String> DOCKER_ONLY =
      List.of("OnBuild", "Shell", "Healthcheck", "Hostname", "Domainname");
  private static final List<String> NAMESPACES =
      List.of("cgroup", "ipc", "mount", "network", "pid", "user", "uts");

  private ImageInspection() {}

  /// @param config the exact bytes of the image's configuration
  static ObjectNode of(LocalImage image, byte[] config) {
    var parsed = (ObjectNode) Json.readTree(config, "image configuration");
    var manifest = Json.readTree(image.document().bytes(), "manifest");
    var root =
        Json.MAPPER
            .createObjectNode()
            .put("Type", "buildah 0.0.1")
            .put("FromImage", image.names().isEmpty() ? "" : image.names().getFirst())
            .put("FromImageID", image.id().hex())
            .put("FromImageDigest", image.document().digest().toString())
            .putNull("GroupAdd")
            .put("Config", new String(config, StandardCharsets.UTF_8))
            .put("Manifest", new String(image.document().bytes(), StandardCharsets.UTF_8));
    for (var name :
        List.of("Container", "ContainerID", "MountPoint", "ProcessLabel", "MountLabel")) {
      root.put(name, "");
    }
    var annotations = manifest.path("annotations");
    root.set("ImageAnnotations", annotations.isMissingNode() ? null : annotations);
    root.put("ImageCreatedBy", "");
    root.set("OCIv1", oci(parsed));
    root.set("Docker", docker(parsed));
    root.put("DefaultMountsFilePath", "").putNull("DefaultCapabilities").put("Isolation", "oci");
    root.set("NamespaceOptions", namespaces());
    root.putNull("Capabilities").put("ConfigureNetwork", "NetworkDefault");
    root.put("CNIPluginPath", "").put("CNIConfigDir", "");
    root.set("IDMappingOptions", idMappings());
    root.set("History", Objects.requireNonNullElse(parsed.get("history"), Json.MAPPER.nullNode()));
    return root.putNull("Devices");
  }

  private static ObjectNode oci(ObjectNode config) {
    ObjectNode oci = config.deepCopy();
    if (oci.path("config") instanceof ObjectNode container) {
      container.remove(DOCKER_ONLY);
    }
    return oci;
  }

  /// Docker's configurations have all their keys.
  private static ObjectNode docker(ObjectNode config) {
    var docker = Json.MAPPER.createObjectNode();
    var container = container(config.path("config"));
    for (var field : config.properties()) {
      if (!field.getKey().equals("config")) {
        docker.set(field.getKey(), field.getValue());
      }
      if (field.getKey().equals("created")) {
        docker.set("container_config", container);
        docker.set("config", container);
      }
    }
    return docker.has("config") ? docker : docker.set("config", container);
  }

  private static ObjectNode container(JsonNode config) {
    var container = Json.MAPPER.createObjectNode();
    for (var name : List.of("Hostname", "Domainname", "User")) {
      container.put(name, config.path(name).asText(""));
    }
    for (var name :
        List.of("AttachStdin", "AttachStdout", "AttachStderr", "Tty", "OpenStdin", "StdinOnce")) {
      container.put(name, false);
    }
    container.set("Env", config.get("Env"));
    container.set("Cmd", config.get("Cmd"));
    container.put("Image", "");
    container.set("Volumes", config.get("Volumes"));
    container.put("WorkingDir", config.path("WorkingDir").asText(""));
    for (var name : List.of("Entrypoint", "OnBuild", "Labels")) {
      container.set(name, config.get(name));
    }
    for (var field : config.properties()) {
      if (!container.has(field.getKey())) {
        container.set(field.getKey(), field.getValue());
      }
    }
    return container;
  }

  private static JsonNode namespaces() {
    var all = Json.MAPPER.createArrayNode();
    for (var name : NAMESPACES) {
      boolean host = name.equals("cgroup") || name.equals("user");
      all.addObject().put("Name", name).put("Host", host).put("Path", "");
    }
    return all;
  }

  private static JsonNode idMappings() {
    var mappings =
        Json.MAPPER.createObjectNode().put("HostUIDMapping", true).put("HostGIDMapping", true);
    mappings.putArray("UIDMap");
    mappings.putArray("GIDMap");
    return mappings;
  }
}
