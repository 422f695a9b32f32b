package dev.ocij.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// How a container of an image is started: the `config` of image-spec, and the keys that only
/// Docker defines (`OnBuild`, `Shell`, `Healthcheck` …), kept in both formats.
///
/// @param env `NAME=value` each, in the order in which they were set
/// @param exposedPorts keys as `80/tcp`
/// @param volumes keys are absolute paths
public record ContainerConfig(
    @Nullable String hostname,
    @Nullable String domainname,
    @Nullable String user,
    Map<String, Map<String, String>> exposedPorts,
    List<String> env,
    List<String> entrypoint,
    List<String> cmd,
    @Nullable Healthcheck healthcheck,
    Map<String, Map<String, String>> volumes,
    @Nullable String workingDir,
    Map<String, String> labels,
    @Nullable String stopSignal,
    List<String> shell,
    List<String> onBuild)
    implements JsonForm {
  public static final ContainerConfig EMPTY =
      new ContainerConfig(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null);

  public ContainerConfig(
      @Nullable String hostname,
      @Nullable String domainname,
      @Nullable String user,
      @Nullable Map<String, Map<String, String>> exposedPorts,
      @Nullable List<String> env,
      @Nullable List<String> entrypoint,
      @Nullable List<String> cmd,
      @Nullable Healthcheck healthcheck,
      @Nullable Map<String, Map<String, String>> volumes,
      @Nullable String workingDir,
      @Nullable Map<String, String> labels,
      @Nullable String stopSignal,
      @Nullable List<String> shell,
      @Nullable List<String> onBuild) {
    this.hostname = hostname;
    this.domainname = domainname;
    this.user = user;
    this.exposedPorts = Lists.copy(exposedPorts);
    this.env = Lists.copy(env);
    this.entrypoint = Lists.copy(entrypoint);
    this.cmd = Lists.copy(cmd);
    this.healthcheck = healthcheck;
    this.volumes = Lists.copy(volumes);
    this.workingDir = workingDir;
    this.labels = Lists.copy(labels);
    this.stopSignal = stopSignal;
    this.shell = Lists.copy(shell);
    this.onBuild = Lists.copy(onBuild);
  }

  public static ContainerConfig from(FieldReader json) {
    return new ContainerConfig(
        json.text("Hostname"),
        json.text("Domainname"),
        json.text("User"),
        json.set("ExposedPorts"),
        json.texts("Env"),
        json.texts("Entrypoint"),
        json.texts("Cmd"),
        json.object("Healthcheck", Healthcheck::from),
        json.set("Volumes"),
        json.text("WorkingDir"),
        json.textMap("Labels"),
        json.text("StopSignal"),
        json.texts("Shell"),
        json.texts("OnBuild"));
  }

  @Override
  public JsonNode json() {
    return new FieldWriter()
        .text("Hostname", hostname)
        .text("Domainname", domainname)
        .text("User", user)
        .set("ExposedPorts", exposedPorts)
        .list("Env", env)
        .list("Entrypoint", entrypoint)
        .list("Cmd", cmd)
        .form("Healthcheck", healthcheck)
        .set("Volumes", volumes)
        .text("WorkingDir", workingDir)
        .map("Labels", labels)
        .text("StopSignal", stopSignal)
        .list("Shell", shell)
        .list("OnBuild", onBuild)
        .node();
  }

  /// A copy with some fields changed: `config.with(draft -> draft.user = "1000")`.
  public ContainerConfig with(Consumer<Draft> change) {
    var draft = new Draft(this);
    change.accept(draft);
    return draft.finish();
  }

  /// A [ContainerConfig] in the making; its collections are copies that may be changed.
  public static final class Draft {
    public @Nullable String hostname;
    public @Nullable String domainname;
    public @Nullable String user;
    public Map<String, Map<String, String>> exposedPorts;
    public List<String> env;
    public List<String> entrypoint;
    public List<String> cmd;
    public @Nullable Healthcheck healthcheck;
    public Map<String, Map<String, String>> volumes;
    public @Nullable String workingDir;
    public Map<String, String> labels;
    public @Nullable String stopSignal;
    public List<String> shell;
    public List<String> onBuild;

    private Draft(ContainerConfig from) {
      hostname = from.hostname;
      domainname = from.domainname;
      user = from.user;
      exposedPorts = new LinkedHashMap<>(from.exposedPorts);
      env = new ArrayList<>(from.env);
      entrypoint = new ArrayList<>(from.entrypoint);
      cmd = new ArrayList<>(from.cmd);
      healthcheck = from.healthcheck;
      volumes = new LinkedHashMap<>(from.volumes);
      workingDir = from.workingDir;
      labels = new LinkedHashMap<>(from.labels);
      stopSignal = from.stopSignal;
      shell = new ArrayList<>(from.shell);
      onBuild = new ArrayList<>(from.onBuild);
    }

    /// Sets a variable in place, or adds it at the end.
    public void setEnv(String name, String value) {
      var entry = name + "=" + value;
      for (int i = 0; i < env.size(); i++) {
        if (env.get(i).startsWith(name + "=")) {
          env.set(i, entry);
          return;
        }
      }
      env.add(entry);
    }

    private ContainerConfig finish() {
      return new ContainerConfig(
          hostname,
          domainname,
          user,
          exposedPorts,
          env,
          entrypoint,
          cmd,
          healthcheck,
          volumes,
          workingDir,
          labels,
          stopSignal,
          shell,
          onBuild);
    }
  }
}
