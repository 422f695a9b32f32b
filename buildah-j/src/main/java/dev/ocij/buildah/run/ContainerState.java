package dev.ocij.buildah.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.linux.OwnProcess;
import dev.ocij.runtime.rootless.HostProcess;
import dev.ocij.spec.FieldReader;
import dev.ocij.spec.FieldWriter;
import dev.ocij.spec.Json;
import dev.ocij.spec.JsonForm;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What is remembered of a container: its `state.json`.
///
/// @param id 64 hexadecimal digits
/// @param image the name that it was started from, or the folder that is its root
/// @param imageId absent for a folder
/// @param command the program with its arguments
/// @param pid of the first process, 0 where there is none
/// @param volumes the anonymous ones, which go with it
/// @param processes what else is known of the processes
public record ContainerState(
    String id,
    String name,
    String image,
    @Nullable String imageId,
    List<String> command,
    Instant created,
    @Nullable Instant started,
    @Nullable Instant finished,
    Status status,
    int exitCode,
    long pid,
    boolean autoRemove,
    List<String> volumes,
    Map<String, String> labels,
    Map<String, String> annotations,
    String stopSignal,
    int stopTimeout,
    ContainerSettings settings,
    Processes processes)
    implements JsonForm {
  static final String FILE = "state.json";

  /// What a container is doing.
  public enum Status {
    /// Complete, and nobody has started it.
    CREATED,
    /// In the hands of the process that is making or starting it.
    INITIALIZED,
    RUNNING,
    PAUSED,
    EXITED
  }

  /// @param beginning of the first process, in clock ticks since the start of the machine
  /// @param monitor the process that waits for the container; 0 where there is none
  /// @param restarts how often it was started again by its policy
  public record Processes(long beginning, long monitor, int restarts) implements JsonForm {
    static final Processes NONE = new Processes(0, 0, 0);

    private static Processes from(FieldReader json) {
      return new Processes(
          json.numberOrZero("beginning"),
          json.numberOrZero("monitor"),
          json.integerOrZero("restarts"));
    }

    @Override
    public JsonNode json() {
      return new FieldWriter()
          .number("beginning", beginning)
          .number("monitor", monitor)
          .number("restarts", restarts)
          .node();
    }
  }

  public ContainerState(
      String id,
      String name,
      String image,
      @Nullable String imageId,
      List<String> command,
      Instant created,
      @Nullable Instant started,
      @Nullable Instant finished,
      Status status,
      int exitCode,
      long pid,
      boolean autoRemove,
      List<String> volumes,
      Map<String, String> labels,
      Map<String, String> annotations,
      String stopSignal,
      int stopTimeout,
      @Nullable ContainerSettings settings,
      @Nullable Processes processes) {
    this.id = id;
    this.name = name;
    this.image = image;
    this.imageId = imageId;
    this.created = created;
    this.started = started;
    this.finished = finished;
    this.status = status;
    this.exitCode = exitCode;
    this.pid = pid;
    this.autoRemove = autoRemove;
    this.stopSignal = stopSignal;
    this.stopTimeout = stopTimeout;
    this.settings = settings == null ? ContainerSettings.USUAL : settings;
    this.processes = processes == null ? Processes.NONE : processes;
    this.command = List.copyOf(command);
    this.volumes = List.copyOf(volumes);
    this.labels = Map.copyOf(labels);
    this.annotations = Map.copyOf(annotations);
  }

  static ContainerState parse(byte[] json) {
    return Json.read(json, ContainerState::from, FILE + " of a container");
  }

  private static ContainerState from(FieldReader json) {
    return new ContainerState(
        json.required("id"),
        json.required("name"),
        json.required("image"),
        json.text("imageId"),
        json.texts("command"),
        json.requiredTime("created"),
        json.time("started"),
        json.time("finished"),
        json.choice("status", Status.class),
        json.integerOrZero("exitCode"),
        json.numberOrZero("pid"),
        json.flag("autoRemove"),
        json.texts("volumes"),
        json.textMap("labels"),
        json.textMap("annotations"),
        json.required("stopSignal"),
        json.integerOrZero("stopTimeout"),
        json.object("settings", ContainerSettings::from),
        json.object("processes", Processes::from));
  }

  @Override
  public JsonNode json() {
    return new FieldWriter()
        .put("id", id)
        .put("name", name)
        .put("image", image)
        .text("imageId", imageId)
        .list("command", command)
        .time("created", created)
        .time("started", started)
        .time("finished", finished)
        .put("status", status.name())
        .number("exitCode", exitCode)
        .number("pid", pid)
        .flag("autoRemove", autoRemove)
        .list("volumes", volumes)
        .map("labels", labels)
        .map("annotations", annotations)
        .put("stopSignal", stopSignal)
        .number("stopTimeout", stopTimeout)
        .form("settings", settings)
        .form("processes", processes)
        .node();
  }

  byte[] bytes() {
    return Json.write(this);
  }

  /// What tables show.
  public String shortId() {
    return id.substring(0, 12);
  }

  /// Whether it has processes.
  public boolean isActive() {
    return status == Status.RUNNING || status == Status.PAUSED;
  }

  /// Whether it was made to share namespaces of a container, outside of pods.
  boolean sharesNamespacesOf(String id) {
    return settings.namespaces().dependencies().contains(id);
  }

  /// Whether it holds the namespaces of a pod.
  public boolean isInfra() {
    return settings.pod() != null && settings.pod().infra();
  }

  /// Whether nobody has it in hand: it waits for a start, or has ended.
  public boolean isAtRest() {
    return status == Status.CREATED || status == Status.EXITED;
  }

  /// In lower case, as tables and conditions have it.
  public String statusName() {
    return status.name().toLowerCase(Locale.ROOT);
  }

  public ContainerState begun(long process, Instant now) {
    return with(draft -> {
      draft.processes =
          new Processes(HostProcess.beginning(process), OwnProcess.id(), processes.restarts);
      draft.status = Status.RUNNING;
      draft.pid = process;
      draft.started = now;
    });
  }

  /// Started once more by its policy.
  public ContainerState restarted() {
    return with(draft ->
        draft.processes =
            new Processes(processes.beginning, processes.monitor, processes.restarts + 1));
  }

  public ContainerState named(String changed) {
    return with(draft -> draft.name = changed);
  }

  public ContainerState in(Status changed) {
    return with(draft -> draft.status = changed);
  }

  public ContainerState ended(int status, Instant now) {
    return with(draft -> {
      draft.status = Status.EXITED;
      draft.pid = 0;
      draft.processes = new Processes(0, 0, processes.restarts);
      draft.exitCode = status;
      draft.finished = now;
    });
  }

  ContainerState with(Consumer<Draft> change) {
    var draft = new Draft(this);
    change.accept(draft);
    return draft.finish();
  }

  /// The fields that change in a container's life.
  static final class Draft {
    private final ContainerState from;
    String name;
    Processes processes;
    List<String> command;
    @Nullable String imageId;
    @Nullable Instant started;
    @Nullable Instant finished;
    Status status;
    int exitCode;
    long pid;
    List<String> volumes;
    String stopSignal;

    private Draft(ContainerState from) {
      this.from = from;
      name = from.name;
      processes = from.processes;
      command = from.command;
      imageId = from.imageId;
      started = from.started;
      finished = from.finished;
      status = from.status;
      exitCode = from.exitCode;
      pid = from.pid;
      volumes = from.volumes;
      stopSignal = from.stopSignal;
    }

    private ContainerState finish() {
      return new ContainerState(
          from.id,
          name,
          from.image,
          imageId,
          command,
          from.created,
          started,
          finished,
          status,
          exitCode,
          pid,
          from.autoRemove,
          volumes,
          from.labels,
          from.annotations,
          stopSignal,
          from.stopTimeout,
          from.settings,
          processes);
    }
  }
}
