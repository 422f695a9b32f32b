package dev.ocij.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an image is and how it is run: image-spec, "Image Configuration", and Docker's.
public record ImageConfig(
    @Nullable Instant created,
    @Nullable String author,
    String architecture,
    @Nullable String variant,
    String os,
    @Nullable String osVersion,
    List<String> osFeatures,
    ContainerConfig config,
    RootFs rootfs,
    List<History> history,
    @Nullable String dockerVersion,
    @Nullable String comment)
    implements JsonForm {

  public ImageConfig(
      @Nullable Instant created,
      @Nullable String author,
      @Nullable String architecture,
      @Nullable String variant,
      @Nullable String os,
      @Nullable String osVersion,
      @Nullable List<String> osFeatures,
      @Nullable ContainerConfig config,
      @Nullable RootFs rootfs,
      @Nullable List<History> history,
      @Nullable String dockerVersion,
      @Nullable String comment) {
    Required.field(rootfs, "image configuration", "rootfs");
    this.created = created;
    this.author = author;
    this.architecture = architecture == null ? "" : architecture;
    this.variant = variant;
    this.os = os == null ? "" : os;
    this.osVersion = osVersion;
    this.osFeatures = Lists.copy(osFeatures);
    this.config = config == null ? ContainerConfig.EMPTY : config;
    this.rootfs = rootfs == null ? RootFs.of(List.of()) : rootfs;
    this.history = Lists.copy(history);
    this.dockerVersion = dockerVersion;
    this.comment = comment;
  }

  /// An image without layers, as `FROM scratch` starts with.
  public static ImageConfig scratch(Platform platform) {
    return new ImageConfig(
        null,
        null,
        platform.architecture(),
        platform.variant(),
        platform.os(),
        null,
        List.of(),
        ContainerConfig.EMPTY,
        RootFs.of(List.of()),
        List.of(),
        null,
        null);
  }

  public static ImageConfig from(FieldReader json) {
    return new ImageConfig(
        json.time("created"),
        json.text("author"),
        json.text("architecture"),
        json.text("variant"),
        json.text("os"),
        json.text("os.version"),
        json.texts("os.features"),
        json.object("config", ContainerConfig::from),
        json.object("rootfs", RootFs::from),
        json.objects("history", History::from),
        json.text("docker_version"),
        json.text("comment"));
  }

  @Override
  public JsonNode json() {
    return new FieldWriter()
        .time("created", created)
        .text("author", author)
        .put("architecture", architecture)
        .text("variant", variant)
        .put("os", os)
        .text("os.version", osVersion)
        .list("os.features", osFeatures)
        .form("config", config)
        .form("rootfs", rootfs)
        .list("history", history)
        .text("docker_version", dockerVersion)
        .text("comment", comment)
        .node();
  }

  public Platform platform() {
    return new Platform(architecture, os, osVersion, osFeatures, variant);
  }

  public ImageConfig withPlatform(Platform changed) {
    return new ImageConfig(
        created,
        author,
        changed.architecture(),
        changed.variant(),
        changed.os(),
        changed.osVersion(),
        changed.osFeatures(),
        config,
        rootfs,
        history,
        dockerVersion,
        comment);
  }

  public ImageConfig withConfig(ContainerConfig changed) {
    return new ImageConfig(
        created,
        author,
        architecture,
        variant,
        os,
        osVersion,
        osFeatures,
        changed,
        rootfs,
        history,
        dockerVersion,
        comment);
  }

  public ImageConfig withAuthor(@Nullable String changed) {
    return new ImageConfig(
        created,
        changed,
        architecture,
        variant,
        os,
        osVersion,
        osFeatures,
        config,
        rootfs,
        history,
        dockerVersion,
        comment);
  }

  public ImageConfig withComment(@Nullable String changed) {
    return new ImageConfig(
        created,
        author,
        architecture,
        variant,
        os,
        osVersion,
        osFeatures,
        config,
        rootfs,
        history,
        dockerVersion,
        changed);
  }

  public ImageConfig withCreated(@Nullable Instant changed) {
    return new ImageConfig(
        changed,
        author,
        architecture,
        variant,
        os,
        osVersion,
        osFeatures,
        config,
        rootfs,
        history,
        dockerVersion,
        comment);
  }

  /// The same image with these layers and their history, which count together: one entry that is
  /// not `empty_layer` for each layer.
  public ImageConfig withLayers(List<Digest> diffIds, List<History> newHistory) {
    return new ImageConfig(
        created,
        author,
        architecture,
        variant,
        os,
        osVersion,
        osFeatures,
        config,
        RootFs.of(diffIds),
        newHistory,
        dockerVersion,
        comment);
  }
}
