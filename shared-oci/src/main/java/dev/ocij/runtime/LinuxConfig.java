package dev.ocij.runtime;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What only Linux knows: runtime-spec, "Linux Container Configuration".
///
/// @param maskedPaths appear empty
/// @param cgroupsPath the name of its control group, where it is to have one; our runner makes that
///   where it may
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record LinuxConfig(
    List<Namespace> namespaces,
    List<IdMapping> uidMappings,
    List<IdMapping> gidMappings,
    Map<String, String> sysctl,
    @Nullable Resources resources,
    @Nullable Seccomp seccomp,
    List<String> maskedPaths,
    List<String> readonlyPaths,
    @Nullable String cgroupsPath) {
  static final LinuxConfig EMPTY =
      new LinuxConfig(null, null, null, null, null, null, null, null, null);

  public LinuxConfig(
      @Nullable List<Namespace> namespaces,
      @Nullable List<IdMapping> uidMappings,
      @Nullable List<IdMapping> gidMappings,
      @Nullable Map<String, String> sysctl,
      @Nullable Resources resources,
      @Nullable Seccomp seccomp,
      @Nullable List<String> maskedPaths,
      @Nullable List<String> readonlyPaths,
      @Nullable String cgroupsPath) {
    this.namespaces = Copies.of(namespaces);
    this.uidMappings = Copies.of(uidMappings);
    this.gidMappings = Copies.of(gidMappings);
    this.sysctl = Copies.of(sysctl);
    this.resources = resources;
    this.seccomp = seccomp;
    this.maskedPaths = Copies.of(maskedPaths);
    this.readonlyPaths = Copies.of(readonlyPaths);
    this.cgroupsPath = cgroupsPath;
  }

  public LinuxConfig withNamespaces(List<Namespace> changed) {
    return new LinuxConfig(
        changed,
        uidMappings,
        gidMappings,
        sysctl,
        resources,
        seccomp,
        maskedPaths,
        readonlyPaths,
        cgroupsPath);
  }

  public boolean has(String namespace) {
    return namespaces.stream().anyMatch(each -> each.type().equals(namespace));
  }

  /// A namespace that the container does not share with the caller.
  ///
  /// @param type `pid`, `network`, `mount`, `ipc`, `uts`, `user` or `cgroup`
  /// @param path of an existing one to join; absent: a new one
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Namespace(String type, @Nullable String path) {}

  /// `size` ids from `containerID` inside are those from `hostID` outside.
  public record IdMapping(long containerID, long hostID, long size) {}

  /// The limits of a control group; only with version 2.
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Resources(@Nullable Memory memory, @Nullable Cpu cpu, @Nullable Pids pids) {
    /// In bytes.
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Memory(@Nullable Long limit, @Nullable Long reservation, @Nullable Long swap) {}

    /// Times in microseconds.
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Cpu(
        @Nullable Long shares,
        @Nullable Long quota,
        @Nullable Long period,
        @Nullable String cpus,
        @Nullable String mems) {}

    public record Pids(long limit) {}
  }
}
