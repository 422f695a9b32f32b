package dev.ocij.buildah.podman.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.spec.FieldReader;
import dev.ocij.spec.FieldWriter;
import dev.ocij.spec.Json;
import dev.ocij.spec.JsonForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// A container of the runtime as it is remembered.
///
/// @param bundle absolute
/// @param pid of its first process
/// @param beginning of that, in ticks since the machine's start: numbers are used again
record RuntimeState(
    String id,
    String bundle,
    long pid,
    long beginning,
    String created,
    Map<String, String> annotations)
    implements JsonForm {
  static final String FILE = "state.json";
  private static final String VERSION = "1.0.2";
  private static final int STATE = 0;
  private static final int BEGINNING = 19;

  RuntimeState {
    annotations = Map.copyOf(annotations);
  }

  static RuntimeState from(FieldReader json) {
    return new RuntimeState(
        json.required("id"),
        json.required("bundle"),
        json.number("pid"),
        json.number("beginning"),
        json.required("created"),
        json.textMap("annotations"));
  }

  /// As it is remembered.
  @Override
  public JsonNode json() {
    return new FieldWriter()
        .put("id", id)
        .put("bundle", bundle)
        .put("pid", pid)
        .put("beginning", beginning)
        .put("created", created)
        .map("annotations", annotations)
        .node();
  }

  /// What a process is doing: its letter in /proc, and when it began; empty for none.
  private static String[] process(long pid) {
    try {
      var stat = Files.readString(Path.of("/proc/%d/stat".formatted(pid)));
      return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    } catch (IOException _) {
      return new String[0];
    }
  }

  /// When a process began, in ticks; -1 where there is none.
  static long beginning(long pid) {
    var fields = process(pid);
    return fields.length > BEGINNING ? Long.parseLong(fields[BEGINNING]) : -1;
  }

  boolean isAlive() {
    var fields = process(pid);
    return fields.length > BEGINNING
        && Long.parseLong(fields[BEGINNING]) == beginning
        && !fields[STATE].equals("Z")
        && !fields[STATE].equals("X");
  }

  /// runtime-spec, "State".
  ///
  /// @param waits whether its program has not been told to begin
  String status(boolean waits) {
    return !isAlive() ? "stopped" : waits ? "created" : "running";
  }

  ObjectNode json(boolean waits) {
    var status = status(waits);
    var json =
        Json.object()
            .put("ociVersion", VERSION)
            .put("id", id)
            .put("pid", status.equals("stopped") ? 0 : pid)
            .put("status", status)
            .put("bundle", bundle)
            .put("created", created);
    return json.set("annotations", FieldWriter.node(annotations));
  }
}
