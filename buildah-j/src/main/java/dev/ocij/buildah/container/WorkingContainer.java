package dev.ocij.buildah.container;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.buildah.overlay.StageImage;
import dev.ocij.buildah.overlay.StageLayer;
import dev.ocij.buildah.run.ContainerNames;
import dev.ocij.image.BlobSource;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.FieldReader;
import dev.ocij.spec.FieldWriter;
import dev.ocij.spec.History;
import dev.ocij.spec.ImageConfig;
import dev.ocij.spec.JsonForm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What is remembered of a working container.
///
/// @param id 64 hexadecimal digits
/// @param config of the image that it would become, with the history of its base
/// @param annotations of that image's manifest
/// @param docker whether it becomes one of Docker's format, unless a commit says otherwise
/// @param layers those of the base, and above them its own
/// @param steps the history of its own, as far as somebody wanted one
/// @param createdBy the text for the history of the layer; null for the usual one
/// @param historyComment the comment of that
/// @param settings for the commands that are run in it
/// @param needs the blobs of the store that must not be removed
/// @param mounted whether it has a tree on disk, whose changes are in no layer yet
public record WorkingContainer(
    String id,
    String name,
    Instant created,
    Base base,
    ImageConfig config,
    Map<String, String> annotations,
    boolean docker,
    List<Stored> layers,
    List<History> steps,
    @Nullable String createdBy,
    @Nullable String historyComment,
    CommandSettings settings,
    List<Digest> needs,
    boolean mounted)
    implements JsonForm {
  /// What it began as.
  ///
  /// @param name of the image, or `scratch`
  /// @param id the digest of its configuration; null for scratch
  /// @param manifest null for scratch
  /// @param layers how many it has
  public record Base(String name, @Nullable Digest id, @Nullable Digest manifest, int layers)
      implements JsonForm {
    private static Base from(FieldReader json) {
      return new Base(
          json.required("name"),
          json.parsed("id", Digest::parse),
          json.parsed("manifest", Digest::parse),
          json.integerOrZero("layers"));
    }

    @Override
    public JsonNode json() {
      return new FieldWriter()
          .put("name", name)
          .text("id", id)
          .text("manifest", manifest)
          .number("layers", layers)
          .node();
    }
  }

  /// A layer in the store.
  public record Stored(Descriptor blob, Digest diffId) implements JsonForm {
    private static Stored from(FieldReader json) {
      return new Stored(
          json.requiredObject("blob", Descriptor::from), Digest.parse(json.required("diffId")));
    }

    @Override
    public JsonNode json() {
      return new FieldWriter().form("blob", blob).text("diffId", diffId).node();
    }

    static Stored of(StageLayer layer) {
      return new Stored(layer.blob().descriptor(), layer.diffId());
    }

    StageLayer open(BlobSource blobs) {
      return new StageLayer(blobs.blob(blob), diffId);
    }
  }

  public WorkingContainer {
    annotations = Map.copyOf(annotations);
    layers = List.copyOf(layers);
    steps = List.copyOf(steps);
    needs = List.copyOf(needs);
  }

  static WorkingContainer from(FieldReader json) {
    return new WorkingContainer(
        json.required("id"),
        json.required("name"),
        json.requiredTime("created"),
        json.requiredObject("base", Base::from),
        json.requiredObject("config", ImageConfig::from),
        json.textMap("annotations"),
        json.flag("docker"),
        json.objects("layers", Stored::from),
        json.objects("steps", History::from),
        json.text("createdBy"),
        json.text("historyComment"),
        json.requiredObject("settings", CommandSettings::from),
        json.parsedTexts("needs", Digest::parse),
        json.flag("mounted"));
  }

  @Override
  public JsonNode json() {
    return new FieldWriter()
        .put("id", id)
        .put("name", name)
        .time("created", created)
        .form("base", base)
        .form("config", config)
        .map("annotations", annotations)
        .flag("docker", docker)
        .list("layers", layers)
        .list("steps", steps)
        .present("createdBy", createdBy)
        .present("historyComment", historyComment)
        .form("settings", settings)
        .list("needs", needs)
        .flag("mounted", mounted)
        .node();
  }

  /// A container that begins.
  ///
  /// @param image what it begins with
  static WorkingContainer begin(
      String name, Base base, StageImage image, boolean docker, CommandSettings settings) {
    var layers = image.layers().stream().map(Stored::of).toList();
    return new WorkingContainer(
        ContainerNames.newId(),
        name,
        Instant.now(),
        base,
        image.config(),
        image.annotations(),
        docker,
        layers,
        List.of(),
        null,
        null,
        settings,
        needed(base, layers),
        false);
  }

  /// What tables show.
  public String shortId() {
    return id.substring(0, 12);
  }

  /// All layers, base first.
  List<StageLayer> layers(BlobSource blobs) {
    return layers.stream().map(layer -> layer.open(blobs)).toList();
  }

  /// The image that it began as, with the configuration that it has now.
  StageImage baseImage(BlobSource blobs) {
    return new StageImage(config, layers(blobs).subList(0, base.layers()), annotations);
  }

  WorkingContainer withLayer(StageLayer layer) {
    var more = Stream.concat(layers.stream(), Stream.of(Stored.of(layer))).toList();
    return with(draft -> draft.layers = more);
  }

  /// With a step in the history.
  WorkingContainer withStep(String text, Instant now) {
    var step = new History(now, text, null, null, true);
    return with(draft -> draft.steps.add(step));
  }

  /// A copy with some fields changed.
  public WorkingContainer with(Consumer<Draft> change) {
    var draft = new Draft(this);
    change.accept(draft);
    return draft.finish();
  }

  /// The fields that change in a working container's life.
  public static final class Draft {
    private final WorkingContainer from;
    public String name;
    public ImageConfig config;
    public Map<String, String> annotations;
    public List<Stored> layers;
    public List<History> steps;
    public @Nullable String createdBy;
    public @Nullable String historyComment;
    public boolean mounted;

    private Draft(WorkingContainer from) {
      this.from = from;
      name = from.name;
      config = from.config;
      annotations = from.annotations;
      layers = from.layers;
      steps = new ArrayList<>(from.steps);
      createdBy = from.createdBy;
      historyComment = from.historyComment;
      mounted = from.mounted;
    }

    private WorkingContainer finish() {
      return new WorkingContainer(
          from.id,
          name,
          from.created,
          from.base,
          config,
          annotations,
          from.docker,
          layers,
          steps,
          createdBy,
          historyComment,
          from.settings,
          needed(from.base, layers),
          mounted);
    }
  }

  private static List<Digest> needed(Base base, List<Stored> layers) {
    var needs = new ArrayList<Digest>();
    Stream.ofNullable(base.id()).forEach(needs::add);
    Stream.ofNullable(base.manifest()).forEach(needs::add);
    layers.forEach(layer -> needs.add(layer.blob().digest()));
    return needs;
  }
}
