package dev.ocij.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
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
    return with(draft -> {
      draft.architecture = changed.architecture();
      draft.variant = changed.variant();
      draft.os = changed.os();
      draft.osVersion = changed.osVersion();
      draft.osFeatures = changed.osFeatures();
    });
  }

  public ImageConfig withConfig(ContainerConfig changed) {
    return with(draft -> draft.config = changed);
  }

  public ImageConfig withAuthor(@Nullable String changed) {
    return with(draft -> draft.author = changed);
  }

  public ImageConfig withComment(@Nullable String changed) {
    return with(draft -> draft.comment = changed);
  }

  public ImageConfig withCreated(@Nullable Instant changed) {
    return with(draft -> draft.created = changed);
  }

  /// The same image with these layers and their history, which count together: one entry that is
  /// not `empty_layer` for each layer.
  public ImageConfig withLayers(List<Digest> diffIds, List<History> newHistory) {
    return with(draft -> {
      draft.rootfs = RootFs.of(diffIds);
      draft.history = newHistory;
    });
  }

  private ImageConfig with(Consumer<Draft> change) {
    var draft = new Draft(this);
    change.accept(draft);
    return draft.finish();
  }

  /// An [ImageConfig] in the making.
  private static final class Draft {
    @Nullable Instant created;
    @Nullable String author;
    String architecture;
    @Nullable String variant;
    String os;
    @Nullable String osVersion;
    List<String> osFeatures;
    ContainerConfig config;
    RootFs rootfs;
    List<History> history;
    @Nullable String dockerVersion;
    @Nullable String comment;

    private Draft(ImageConfig from) {
      created = from.created;
      author = from.author;
      architecture = from.architecture;
      variant = from.variant;
      os = from.os;
      osVersion = from.osVersion;
      osFeatures = from.osFeatures;
      config = from.config;
      rootfs = from.rootfs;
      history = from.history;
      dockerVersion = from.dockerVersion;
      comment = from.comment;
    }

    private ImageConfig finish() {
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
          comment);
    }
  }
}
