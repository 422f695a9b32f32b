package dev.ocij.runtime;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ocij.spec.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The `config.json` of a bundle: runtime-spec 1.2, "Configuration", as far as it is for Linux.
///
/// @param hostname of a UTS namespace of the container's own
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RuntimeConfig(
    String ociVersion,
    ContainerProcess process,
    Root root,
    @Nullable String hostname,
    List<Mount> mounts,
    LinuxConfig linux,
    Map<String, String> annotations) {
  static final String VERSION = "1.0.2";

  public RuntimeConfig(
      @Nullable String ociVersion,
      ContainerProcess process,
      Root root,
      @Nullable String hostname,
      @Nullable List<Mount> mounts,
      @Nullable LinuxConfig linux,
      @Nullable Map<String, String> annotations) {
    this.ociVersion = ociVersion == null ? VERSION : ociVersion;
    this.process = process;
    this.root = root;
    this.hostname = hostname;
    this.mounts = Copies.of(mounts);
    this.linux = linux == null ? LinuxConfig.EMPTY : linux;
    this.annotations = Copies.of(annotations);
  }

  public static RuntimeConfig parse(byte[] json) {
    return Json.read(json, RuntimeConfig.class, "config.json of a bundle");
  }

  public byte[] bytes() {
    return Json.write(this);
  }

  /// The root file system.
  ///
  /// @param path absolute, or relative to the bundle
  public record Root(String path, Boolean readonly) {
    public Root(String path, @Nullable Boolean readonly) {
      this.path = path;
      this.readonly = Boolean.TRUE.equals(readonly);
    }
  }

  public RuntimeConfig withRoot(Root changed) {
    return new RuntimeConfig(ociVersion, process, changed, hostname, mounts, linux, annotations);
  }

  public RuntimeConfig withProcess(ContainerProcess changed) {
    return new RuntimeConfig(ociVersion, changed, root, hostname, mounts, linux, annotations);
  }

  public RuntimeConfig withMounts(List<Mount> changed) {
    return new RuntimeConfig(ociVersion, process, root, hostname, changed, linux, annotations);
  }

  public RuntimeConfig withLinux(LinuxConfig changed) {
    return new RuntimeConfig(ociVersion, process, root, hostname, mounts, changed, annotations);
  }
}
