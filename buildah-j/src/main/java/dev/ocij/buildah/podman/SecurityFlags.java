package dev.ocij.buildah.podman;

import dev.ocij.buildah.run.AutomaticIds;
import dev.ocij.runtime.ContainerProcess.Rlimit;
import dev.ocij.runtime.ContainerRequest;
import dev.ocij.runtime.SeccompProfile;
import dev.ocij.spec.Quoted;
import dev.ocij.term.LocalFile;
import dev.ocij.term.Options;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What `run` may be told about the container's powers and limits.
final class SecurityFlags {
  private static final List<String> WITHOUT_EFFECT = List.of("label", "apparmor", "proc-opts");

  private final BooleanSupplier privileged;
  private final Supplier<List<String>> add;
  private final Supplier<List<String>> drop;
  private final Supplier<List<String>> security;
  private final Supplier<List<String>> limits;
  private final UserNamespaceFlags users;

  SecurityFlags(Options options) {
    privileged = options.flag("--privileged", "all powers that the caller has");
    add = options.texts("--cap-add", "NAME", "one more capability, or ALL");
    drop = options.texts("--cap-drop", "NAME", "one capability less, or ALL");
    security =
        options.texts("--security-opt", "OPTION", "seccomp=FILE|unconfined, no-new-privileges");
    limits = options.texts("--ulimit", "NAME=SOFT[:HARD]", "a limit of resources");
    users = new UserNamespaceFlags(options);
  }

  /// @param first options of the pod, over which its own go
  void apply(ContainerRequest.Draft draft, List<String> first) {
    draft.privileged = privileged.getAsBoolean();
    draft.addCapabilities = Values.split(add.get());
    draft.dropCapabilities = Values.split(drop.get());
    draft.rlimits = limits();
    for (var option : union(first, security.get())) {
      secure(draft, option);
    }
    users.apply(draft);
  }

  /// Of a user namespace whose ids are chosen here; null for none.
  @Nullable AutomaticIds automaticIds() {
    return users.automatic();
  }

  /// An option, checked, that means the same in another folder.
  static String withWholePath(String option) {
    var _ = ContainerRequest.of(List.of()).with(draft -> secure(draft, option));
    var parts = option.split("[=:]", 2);
    return parts[0].equals("seccomp") && !parts[1].equals("unconfined")
        ? "seccomp=" + Values.wholePath(parts[1])
        : option;
  }

  private static void secure(ContainerRequest.Draft draft, String option) {
    var parts = option.split("[=:]", 2);
    var value = parts.length == 2 ? parts[1] : "";
    switch (parts[0]) {
      case "no-new-privileges" -> draft.noNewPrivileges = !value.equals("false");
      case "seccomp" ->
          draft.seccomp =
              value.equals("unconfined")
                  ? SeccompProfile.unconfined()
                  : SeccompProfile.parse(LocalFile.read(value));
      case "mask" -> draft.masked = union(draft.masked, paths(option, value));
      case "unmask" -> draft.unmasked = union(draft.unmasked, paths(option, value));
      case String name when WITHOUT_EFFECT.contains(name) -> {}
      default -> throw Values.usage("invalid --security-opt " + Quoted.of(option));
    }
  }

  /// Paths, with colons between; ALL in any case.
  private static List<String> paths(String option, String value) {
    var paths = List.of(value.split(":"));
    for (var path : paths) {
      if (!path.startsWith("/") && !path.equalsIgnoreCase("all")) {
        throw Values.usage(
            "invalid --security-opt %s: expected absolute paths".formatted(Quoted.of(option)));
      }
    }
    return paths.stream().map(path -> path.startsWith("/") ? path : "ALL").toList();
  }

  private static List<String> union(List<String> one, List<String> other) {
    return Stream.concat(one.stream(), other.stream()).toList();
  }

  private List<Rlimit> limits() {
    return limits.get().stream().filter(text -> !text.equals("host")).map(Rlimit::parse).toList();
  }
}
