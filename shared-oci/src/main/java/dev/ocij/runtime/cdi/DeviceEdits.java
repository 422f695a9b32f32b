package dev.ocij.runtime.cdi;

import dev.ocij.runtime.ContainerRequest;
import dev.ocij.runtime.Mount;
import dev.ocij.spec.FieldReader;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// What a container gets for a device: `containerEdits`.
///
/// @param environment `NAME=value` each
/// @param mounts nodes of devices, which stay this machine's, and what else is shown
/// @param groups further ones of its user
public record DeviceEdits(List<String> environment, List<Mount> mounts, List<String> groups) {
  public static final DeviceEdits NOTHING = new DeviceEdits(List.of(), List.of(), List.of());

  /// What a container without a runtime's hooks cannot have.
  private static final List<String> REFUSED = List.of("hooks", "intelRdt", "netDevices");

  public DeviceEdits {
    environment = List.copyOf(environment);
    mounts = List.copyOf(mounts);
    groups = List.copyOf(groups);
  }

  /// A mount alone.
  public static DeviceEdits of(Mount mount) {
    return new DeviceEdits(List.of(), List.of(mount), List.of());
  }

  static DeviceEdits from(FieldReader json) {
    for (var field : REFUSED) {
      if (json.has(field)) {
        throw new OciException(
            OciException.Category.UNSUPPORTED,
            "%s of a device are not implemented yet; leave them out".formatted(Quoted.of(field)));
      }
    }
    var mounts = new ArrayList<>(json.objects("deviceNodes", DeviceEdits::node));
    mounts.addAll(json.objects("mounts", DeviceEdits::mount));
    var groups = json.integers("additionalGids").stream().filter(gid -> gid != 0);
    return new DeviceEdits(json.texts("env"), mounts, groups.map(String::valueOf).toList());
  }

  /// The node that this machine has: mode and owner are its own, as its numbers are.
  private static Mount node(FieldReader json) {
    var path = json.required("path");
    var host = Objects.requireNonNullElse(json.text("hostPath"), path);
    var rights = json.text("permissions");
    return rights == null || rights.contains("w")
        ? Mount.bind(host, path, "nosuid", "noexec")
        : Mount.bind(host, path, "nosuid", "noexec", "ro");
  }

  private static Mount mount(FieldReader json) {
    var options = json.texts("options");
    boolean bound = options.contains("bind") || options.contains("rbind");
    var type = json.text("type");
    var all =
        bound || !(type == null || type.isEmpty() || type.equals("bind"))
            ? options
            : Stream.concat(Stream.of("rbind"), options.stream()).toList();
    return new Mount(
        json.required("containerPath"), bound ? "bind" : type, json.required("hostPath"), all);
  }

  /// These, and then others.
  public DeviceEdits and(DeviceEdits more) {
    return new DeviceEdits(
        joined(environment, more.environment),
        joined(mounts, more.mounts),
        joined(groups, more.groups));
  }

  /// Gives a container all of it.
  public void apply(ContainerRequest.Draft draft) {
    draft.mounts = joined(draft.mounts, mounts);
    applyWithoutMounts(draft);
  }

  /// Gives a container that has the mounts already what else there is.
  public void applyWithoutMounts(ContainerRequest.Draft draft) {
    draft.env = joined(draft.env, environment);
    draft.groups = joined(draft.groups, groups);
  }

  private static <T> List<T> joined(List<T> one, List<T> other) {
    return Stream.concat(one.stream(), other.stream()).toList();
  }
}
