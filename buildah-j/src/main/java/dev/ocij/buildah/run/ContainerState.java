package dev.ocij.buildah.run;

import dev.ocij.spec.Json;
import java.time.Instant;
import java.util.List;
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
    int stopTimeout) {
  static final String FILE = "state.json";

  /// What a container is doing.
  public enum Status {
    CREATED,
    RUNNING,
    EXITED
  }

  public ContainerState {
    command = List.copyOf(command);
    volumes = List.copyOf(volumes);
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
  }

  static ContainerState parse(byte[] json) {
    return Json.read(json, ContainerState.class, FILE + " of a container");
  }

  byte[] bytes() {
    return Json.write(this);
  }

  /// What tables show.
  public String shortId() {
    return id.substring(0, 12);
  }

  ContainerState begun(long process, Instant now) {
    return with(draft -> {
      draft.status = Status.RUNNING;
      draft.pid = process;
      draft.started = now;
    });
  }

  ContainerState ended(int status, Instant now) {
    return with(draft -> {
      draft.status = Status.EXITED;
      draft.pid = 0;
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
          from.name,
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
          from.stopTimeout);
    }
  }
}
