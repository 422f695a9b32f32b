package dev.ocij.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.FieldReader;
import dev.ocij.spec.FieldWriter;
import dev.ocij.spec.JsonForm;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What only Linux knows: runtime-spec, "Linux Container Configuration".
///
/// @param maskedPaths appear empty
/// @param cgroupsPath the name of its control group, where it is to have one; our runner makes that
///   where it may
public record LinuxConfig(
    List<Namespace> namespaces,
    List<IdMapping> uidMappings,
    List<IdMapping> gidMappings,
    Map<String, String> sysctl,
    @Nullable Resources resources,
    @Nullable Seccomp seccomp,
    List<String> maskedPaths,
    List<String> readonlyPaths,
    @Nullable String cgroupsPath)
    implements JsonForm {
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

  static LinuxConfig from(FieldReader json) {
    return new LinuxConfig(
        json.objects("namespaces", Namespace::from),
        json.objects("uidMappings", IdMapping::from),
        json.objects("gidMappings", IdMapping::from),
        json.textMap("sysctl"),
        json.object("resources", Resources::from),
        json.object("seccomp", Seccomp::from),
        json.texts("maskedPaths"),
        json.texts("readonlyPaths"),
        json.text("cgroupsPath"));
  }

  @Override
  public JsonNode json() {
    return new FieldWriter()
        .list("namespaces", namespaces)
        .list("uidMappings", uidMappings)
        .list("gidMappings", gidMappings)
        .map("sysctl", sysctl)
        .form("resources", resources)
        .form("seccomp", seccomp)
        .list("maskedPaths", maskedPaths)
        .list("readonlyPaths", readonlyPaths)
        .text("cgroupsPath", cgroupsPath)
        .node();
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

  /// Whether the container has a user namespace of its own.
  public boolean mapsIds() {
    return !uidMappings.isEmpty();
  }

  /// Whether that user namespace is there already.
  public boolean joinsUsers() {
    return namespaces.stream().anyMatch(each -> each.type().equals("user") && each.path() != null);
  }

  public boolean has(String namespace) {
    return namespaces.stream().anyMatch(each -> each.type().equals(namespace));
  }

  /// A namespace that the container does not share with the caller.
  ///
  /// @param type `pid`, `network`, `mount`, `ipc`, `uts`, `user` or `cgroup`
  /// @param path of an existing one to join; absent: a new one
  public record Namespace(String type, @Nullable String path) implements JsonForm {
    private static Namespace from(FieldReader json) {
      return new Namespace(json.required("type"), json.text("path"));
    }

    @Override
    public JsonNode json() {
      return new FieldWriter().text("type", type).text("path", path).node();
    }
  }

  /// `size` ids from `containerID` inside are those from `hostID` outside.
  public record IdMapping(long containerID, long hostID, long size) implements JsonForm {
    /// Whether this id inside is one of them.
    boolean holds(long inside) {
      return inside >= containerID && inside < containerID + size;
    }

    public static IdMapping from(FieldReader json) {
      return new IdMapping(json.number("containerID"), json.number("hostID"), json.number("size"));
    }

    @Override
    public JsonNode json() {
      return new FieldWriter()
          .put("containerID", containerID)
          .put("hostID", hostID)
          .put("size", size)
          .node();
    }
  }

  /// The limits of a control group; only with version 2.
  public record Resources(@Nullable Memory memory, @Nullable Cpu cpu, @Nullable Pids pids)
      implements JsonForm {
    /// Whether nothing is limited.
    public boolean isEmpty() {
      return memory == null && cpu == null && pids == null;
    }

    public static Resources from(FieldReader json) {
      return new Resources(
          json.object("memory", Memory::from),
          json.object("cpu", Cpu::from),
          json.object("pids", Pids::from));
    }

    @Override
    public JsonNode json() {
      return new FieldWriter().form("memory", memory).form("cpu", cpu).form("pids", pids).node();
    }

    /// In bytes.
    public record Memory(@Nullable Long limit, @Nullable Long reservation, @Nullable Long swap)
        implements JsonForm {
      private static Memory from(FieldReader json) {
        return new Memory(
            json.numberOrNull("limit"),
            json.numberOrNull("reservation"),
            json.numberOrNull("swap"));
      }

      @Override
      public JsonNode json() {
        return new FieldWriter()
            .present("limit", limit)
            .present("reservation", reservation)
            .present("swap", swap)
            .node();
      }
    }

    /// Times in microseconds.
    public record Cpu(
        @Nullable Long shares,
        @Nullable Long quota,
        @Nullable Long period,
        @Nullable String cpus,
        @Nullable String mems)
        implements JsonForm {
      private static Cpu from(FieldReader json) {
        return new Cpu(
            json.numberOrNull("shares"),
            json.numberOrNull("quota"),
            json.numberOrNull("period"),
            json.text("cpus"),
            json.text("mems"));
      }

      @Override
      public JsonNode json() {
        return new FieldWriter()
            .present("shares", shares)
            .present("quota", quota)
            .present("period", period)
            .text("cpus", cpus)
            .text("mems", mems)
            .node();
      }
    }

    /// @param limit the most processes and threads; -1 for any number
    public record Pids(long limit) implements JsonForm {
      private static Pids from(FieldReader json) {
        return new Pids(json.number("limit"));
      }

      @Override
      public JsonNode json() {
        return new FieldWriter().put("limit", limit).node();
      }
    }
  }
}
