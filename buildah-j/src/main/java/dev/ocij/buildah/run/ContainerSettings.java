package dev.ocij.buildah.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.FieldReader;
import dev.ocij.spec.FieldWriter;
import dev.ocij.spec.JsonForm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a container was asked to be, as far as its later life and `inspect` need it.
///
/// @param terminal whether its program has one
/// @param interactive whether its standard input stays open
/// @param log the driver: `k8s-file` or `none`
/// @param logPath in place of the usual file
/// @param restart `no`, `always`, `on-failure` or `unless-stopped`
/// @param retries of `on-failure`; 0 for any number
/// @param timeout seconds after which it is killed; 0 for never
/// @param entrypoint of the caller or the image
/// @param createCommand the line that made it
/// @param network `host`, `none`, `private`, `container:ID` or `ns:FILE`
/// @param imageDigest of the manifest, where known
/// @param pidFile gets the number of its first process
/// @param monitorFile gets the number of the process that waits for it
/// @param idFile got its id
/// @param volumes names of the volumes with a name
/// @param pod the one it belongs to
/// @param secretVariables names of variables that nobody is shown
/// @param runtime an installed one that runs it; absent: we do
/// @param health how it is found out whether it is well; absent: not at all
/// @param namespaces what it has of others
public record ContainerSettings(
    boolean terminal,
    boolean interactive,
    String log,
    @Nullable String logPath,
    String restart,
    int retries,
    int timeout,
    List<String> entrypoint,
    List<String> createCommand,
    String network,
    @Nullable String imageDigest,
    @Nullable String pidFile,
    @Nullable String monitorFile,
    @Nullable String idFile,
    List<String> volumes,
    List<String> secretVariables,
    @Nullable PodMember pod,
    @Nullable String runtime,
    @Nullable HealthPlan health,
    NamespaceModes namespaces)
    implements JsonForm {
  static final ContainerSettings USUAL =
      new ContainerSettings(
          false,
          false,
          "none",
          null,
          "no",
          0,
          0,
          List.of(),
          List.of(),
          "host",
          null,
          null,
          null,
          null,
          List.of(),
          List.of(),
          null,
          null,
          null,
          NamespaceModes.USUAL);

  public ContainerSettings {
    entrypoint = List.copyOf(entrypoint);
    createCommand = List.copyOf(createCommand);
    volumes = List.copyOf(volumes);
    secretVariables = List.copyOf(secretVariables);
  }

  static ContainerSettings from(FieldReader json) {
    return new ContainerSettings(
        json.flag("terminal"),
        json.flag("interactive"),
        json.required("log"),
        json.text("logPath"),
        json.required("restart"),
        json.integerOrZero("retries"),
        json.integerOrZero("timeout"),
        json.texts("entrypoint"),
        json.texts("createCommand"),
        json.required("network"),
        json.text("imageDigest"),
        json.text("pidFile"),
        json.text("monitorFile"),
        json.text("idFile"),
        json.texts("volumes"),
        json.texts("secretVariables"),
        json.object("pod", PodMember::from),
        json.text("runtime"),
        json.object("health", HealthPlan::from),
        new NamespaceModes(json.textMap("namespaces")));
  }

  @Override
  public JsonNode json() {
    return new FieldWriter()
        .flag("terminal", terminal)
        .flag("interactive", interactive)
        .put("log", log)
        .text("logPath", logPath)
        .put("restart", restart)
        .number("retries", retries)
        .number("timeout", timeout)
        .list("entrypoint", entrypoint)
        .list("createCommand", createCommand)
        .put("network", network)
        .text("imageDigest", imageDigest)
        .text("pidFile", pidFile)
        .text("monitorFile", monitorFile)
        .text("idFile", idFile)
        .list("volumes", volumes)
        .list("secretVariables", secretVariables)
        .form("pod", pod)
        .text("runtime", runtime)
        .form("health", health)
        .map("namespaces", namespaces.modes())
        .node();
  }

  /// Whether the program may write a log that is kept.
  public boolean logs() {
    return !log.equals("none");
  }
}
