package dev.ocij.buildah.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.buildah.container.WorkingContainer;
import dev.ocij.spec.Digest;
import dev.ocij.spec.Json;
import dev.ocij.transport.local.LocalImage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What `inspect` tells of an image or a working container, in buildah's fields.
final class ImageInspection {
  private static final List<String> DOCKER_ONLY =
      List.of("OnBuild", "Shell", "Healthcheck", "Hostname", "Domainname");
  private static final List<String> NAMESPACES =
      List.of("cgroup", "ipc", "mount", "network", "pid", "user", "uts");

  private ImageInspection() {}

  /// What is told apart between images and containers.
  ///
  /// @param config the exact text of the image's configuration
  /// @param current the configuration as it is now
  private record Subject(
      From from,
      String config,
      String manifest,
      Container container,
      JsonNode annotations,
      ObjectNode current) {}

  /// The image.
  private record From(String name, String id, String digest) {}

  /// @param createdBy how its layer was made
  private record Container(String name, String id, String mountPoint, String createdBy) {
    static final Container NONE = new Container("", "", "", "");
  }

  /// @param config the exact bytes of the image's configuration
  static ObjectNode of(LocalImage image, byte[] config) {
    var manifest = image.document();
    return of(
        new Subject(
            new From(
                image.names().isEmpty() ? "" : image.names().getFirst(),
                image.id().hex(),
                manifest.digest().toString()),
            text(config),
            text(manifest.bytes()),
            Container.NONE,
            Json.readTree(manifest.bytes(), "manifest").path("annotations"),
            (ObjectNode) Json.readTree(config, "image configuration")));
  }

  /// @param config the exact bytes of the configuration that it began with, and `manifest` those of
  ///   the manifest
  static ObjectNode of(
      WorkingContainer container, byte[] config, byte[] manifest, String mountPoint) {
    var base = container.base();
    return of(
        new Subject(
            new From(base.name(), hex(base.id()), Objects.toString(base.manifest(), "")),
            text(config),
            text(manifest),
            new Container(
                container.name(),
                container.id(),
                mountPoint,
                Objects.requireNonNullElse(container.createdBy(), "")),
            Json.tree(container.annotations()),
            current(container)));
  }

  /// With the steps that a commit would tell of.
  private static ObjectNode current(WorkingContainer container) {
    var config = (ObjectNode) Json.readTree(Json.write(container.config()), "configuration");
    if (!container.steps().isEmpty()) {
      var history = config.withArray("history");
      container.steps().forEach(step -> history.add(step.json()));
    }
    return config;
  }

  private static String hex(@Nullable Digest digest) {
    return digest == null ? "" : digest.hex();
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }

  private static ObjectNode of(Subject subject) {
    var root =
        Json.object()
            .put("Type", "buildah 0.0.1")
            .put("FromImage", subject.from().name())
            .put("FromImageID", subject.from().id())
            .put("FromImageDigest", subject.from().digest())
            .putNull("GroupAdd")
            .put("Config", subject.config())
            .put("Manifest", subject.manifest())
            .put("Container", subject.container().name())
            .put("ContainerID", subject.container().id())
            .put("MountPoint", subject.container().mountPoint())
            .put("ProcessLabel", "")
            .put("MountLabel", "");
    var annotations = subject.annotations();
    root.set("ImageAnnotations", annotations.isMissingNode() ? null : annotations);
    root.put("ImageCreatedBy", subject.container().createdBy());
    root.set("OCIv1", oci(subject.current()));
    root.set("Docker", docker(subject.current()));
    root.put("DefaultMountsFilePath", "").putNull("DefaultCapabilities").put("Isolation", "oci");
    root.set("NamespaceOptions", namespaces());
    root.putNull("Capabilities").put("ConfigureNetwork", "NetworkDefault");
    root.put("CNIPluginPath", "").put("CNIConfigDir", "");
    root.set("IDMappingOptions", idMappings());
    var history = subject.current().get("history");
    root.set("History", Objects.requireNonNullElse(history, NullNode.getInstance()));
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
    var docker = Json.object();
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
    var container = Json.object();
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
    var all = Json.array();
    for (var name : NAMESPACES) {
      boolean host = name.equals("cgroup") || name.equals("user");
      all.addObject().put("Name", name).put("Host", host).put("Path", "");
    }
    return all;
  }

  private static JsonNode idMappings() {
    var mappings = Json.object().put("HostUIDMapping", true).put("HostGIDMapping", true);
    mappings.putArray("UIDMap");
    mappings.putArray("GIDMap");
    return mappings;
  }
}
