package dev.ocij.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.FieldReader;
import dev.ocij.spec.FieldWriter;
import dev.ocij.spec.Json;
import dev.ocij.spec.JsonForm;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The `config.json` of a bundle: runtime-spec 1.2, "Configuration", as far as it is for Linux.
///
/// @param hostname of a UTS namespace of the container's own
public record RuntimeConfig(
    String ociVersion,
    ContainerProcess process,
    Root root,
    @Nullable String hostname,
    List<Mount> mounts,
    LinuxConfig linux,
    Map<String, String> annotations)
    implements JsonForm {
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
    return Json.read(json, RuntimeConfig::from, "config.json of a bundle");
  }

  private static RuntimeConfig from(FieldReader json) {
    return new RuntimeConfig(
        json.text("ociVersion"),
        json.requiredObject("process", ContainerProcess::from),
        json.requiredObject("root", Root::from),
        json.text("hostname"),
        json.objects("mounts", Mount::from),
        json.object("linux", LinuxConfig::from),
        json.textMap("annotations"));
  }

  @Override
  public JsonNode json() {
    return new FieldWriter()
        .text("ociVersion", ociVersion)
        .form("process", process)
        .form("root", root)
        .text("hostname", hostname)
        .list("mounts", mounts)
        .form("linux", linux)
        .map("annotations", annotations)
        .node();
  }

  public byte[] bytes() {
    return Json.write(this);
  }

  /// The root file system.
  ///
  /// @param path absolute, or relative to the bundle
  public record Root(String path, boolean readonly) implements JsonForm {
    private static Root from(FieldReader json) {
      return new Root(json.required("path"), json.flag("readonly"));
    }

    @Override
    public JsonNode json() {
      return new FieldWriter().put("path", path).put("readonly", readonly).node();
    }
  }

  public RuntimeConfig withRoot(Root changed) {
    return new RuntimeConfig(ociVersion, process, changed, hostname, mounts, linux, annotations);
  }

  public RuntimeConfig withMounts(List<Mount> changed) {
    return new RuntimeConfig(ociVersion, process, root, hostname, changed, linux, annotations);
  }

  public RuntimeConfig withLinux(LinuxConfig changed) {
    return new RuntimeConfig(ociVersion, process, root, hostname, mounts, changed, annotations);
  }
}
