package dev.ocij.buildah.container;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.buildah.run.RunRequest;
import dev.ocij.runtime.ContainerProcess;
import dev.ocij.runtime.LinuxConfig;
import dev.ocij.spec.FieldReader;
import dev.ocij.spec.FieldWriter;
import dev.ocij.spec.JsonForm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `from` says about the commands that are later run in the container.
///
/// @param volumes as `--volume` has them
/// @param devices as `--device` has them
/// @param network `host` or `none`
/// @param shared types of namespaces to share with the host: `pid`, `ipc`
/// @param seccomp a profile's file, `unconfined`, or null for the usual one
/// @param proxies whether the caller's proxies are passed on
/// @param names what the container is told about names
/// @param resources what each may take; null for anything
/// @param groupParent the control group above those of commands; null for that of the caller
public record CommandSettings(
    List<String> addCapabilities,
    List<String> dropCapabilities,
    List<String> groups,
    List<ContainerProcess.Rlimit> rlimits,
    List<String> volumes,
    List<String> devices,
    String network,
    List<String> shared,
    String shmSize,
    boolean noNewPrivileges,
    @Nullable String seccomp,
    boolean proxies,
    RunRequest.Names names,
    LinuxConfig.@Nullable Resources resources,
    @Nullable String groupParent)
    implements JsonForm {
  public CommandSettings {
    addCapabilities = List.copyOf(addCapabilities);
    dropCapabilities = List.copyOf(dropCapabilities);
    groups = List.copyOf(groups);
    rlimits = List.copyOf(rlimits);
    volumes = List.copyOf(volumes);
    devices = List.copyOf(devices);
    shared = List.copyOf(shared);
  }

  static CommandSettings from(FieldReader json) {
    return new CommandSettings(
        json.texts("addCapabilities"),
        json.texts("dropCapabilities"),
        json.texts("groups"),
        json.objects("rlimits", ContainerProcess.Rlimit::from),
        json.texts("volumes"),
        json.texts("devices"),
        json.required("network"),
        json.texts("shared"),
        json.required("shmSize"),
        json.flag("noNewPrivileges"),
        json.text("seccomp"),
        json.flag("proxies"),
        json.requiredObject("names", RunRequest.Names::from),
        json.object("resources", LinuxConfig.Resources::from),
        json.text("groupParent"));
  }

  @Override
  public JsonNode json() {
    return new FieldWriter()
        .list("addCapabilities", addCapabilities)
        .list("dropCapabilities", dropCapabilities)
        .list("groups", groups)
        .list("rlimits", rlimits)
        .list("volumes", volumes)
        .list("devices", devices)
        .put("network", network)
        .list("shared", shared)
        .put("shmSize", shmSize)
        .flag("noNewPrivileges", noNewPrivileges)
        .text("seccomp", seccomp)
        .flag("proxies", proxies)
        .form("names", names)
        .form("resources", resources)
        .text("groupParent", groupParent)
        .node();
  }
}
