package dev.ocij.buildah.cli;

import dev.ocij.buildah.build.Granted;
import dev.ocij.buildah.build.RunByRuntime;
import dev.ocij.buildah.build.RunSettings;
import dev.ocij.runtime.ContainerProcess.Rlimit;
import dev.ocij.runtime.ContainerRequest;
import dev.ocij.runtime.SeccompProfile;
import dev.ocij.runtime.rootless.ControlGroup;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.term.LaterFlags;
import dev.ocij.term.LocalFile;
import dev.ocij.term.Options;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What `build` may be told about the containers of RUN.
final class RunStepFlags {
  private static final List<String> WITHOUT_EFFECT = List.of("label", "apparmor", "mask", "unmask");
  private static final String OWN_NAME = "localhost";
  private static final String INSECURE = "security.insecure";
  private static final String DEVICE = "device";

  private final Supplier<Optional<String>> network;
  private final HostsFlags hosts;
  private final Supplier<List<String>> capAdd;
  private final Supplier<List<String>> capDrop;
  private final Supplier<List<String>> security;
  private final Supplier<List<String>> allow;
  private final Supplier<List<String>> limits;
  private final Supplier<Optional<String>> shmSize;
  private final Supplier<List<String>> groups;
  private final Map<String, Supplier<Optional<String>>> namespaces = new LinkedHashMap<>();
  private final UserMappingFlags mappings;
  private final LimitFlags resources;
  private final VolumeFlags volumes;
  private final BooleanSupplier compatVolumes;

  RunStepFlags(Options options) {
    network = options.text("--network", "host|none", "the network of RUN");
    hosts = new HostsFlags(options);
    capAdd = options.texts("--cap-add", "NAME", "one more capability for RUN, or ALL");
    capDrop = options.texts("--cap-drop", "NAME", "one capability less for RUN, or ALL");
    security =
        options.texts("--security-opt", "OPTION", "seccomp=FILE|unconfined, no-new-privileges");
    allow =
        options.texts(
            "--allow", "security.insecure|device[=NAME]", "grant RUN --security or --device");
    limits = options.texts("--ulimit", "NAME=SOFT[:HARD]", "a limit of resources");
    shmSize = options.text("--shm-size", "SIZE", "of /dev/shm; default: 64m");
    groups = options.texts("--group-add", "GROUP", "one more group of the user");
    for (var name : List.of("--pid", "--ipc", "--uts", "--cgroupns")) {
      namespaces.put(name, options.text(name, "private|host", "whose namespace RUN is in"));
    }
    mappings = new UserMappingFlags(options);
    resources = new LimitFlags(options);
    volumes = new VolumeFlags(options);
    compatVolumes =
        options.flag("--compat-volumes", "what RUN changes in a VOLUME is lost, as it once was");
  }

  /// Why a limit that was asked for is not kept on this machine, where that is so.
  Optional<String> obstacle() {
    return resources.obstacle();
  }

  /// @param runtime an installed one that runs the commands; null for none
  RunSettings settings(@Nullable RunByRuntime runtime) {
    namespaces.keySet().forEach(this::isHost);
    mappings.check();
    return new RunSettings(
        network.get().orElse("host"),
        hosts.files(),
        volumes.mounts(),
        granted(),
        compatVolumes.getAsBoolean(),
        container(),
        runtime);
  }

  /// Read now, so that what makes no sense ends a build that has no RUN, too.
  private Consumer<ContainerRequest.Draft> container() {
    var limited =
        limits.get().stream().filter(text -> !text.equals("host")).map(Rlimit::parse).toList();
    var more = groups();
    var shared = Stream.of("pid", "ipc").filter(name -> isHost("--" + name)).toList();
    var kept = resources.limits();
    var parent = resources.parent();
    boolean ownName =
        Objects.requireNonNull(namespaces.get("--uts")).get().filter("private"::equals).isPresent();
    var size = shmSize.get().map(RunStepFlags::size);
    var lent = volumes.lent();
    var secured = security.get().stream().map(RunStepFlags::secured).toList();
    return draft -> {
      draft.addCapabilities = split(capAdd.get());
      draft.dropCapabilities = split(capDrop.get());
      draft.rlimits = limited;
      draft.groups = more;
      draft.shared = shared;
      draft.resources = kept.orElse(null);
      draft.controlGroup = parent.map(ControlGroup::below).orElse(null);
      draft.hostname = ownName ? OWN_NAME : null;
      size.ifPresent(text -> draft.shmSize = text);
      secured.forEach(each -> each.accept(draft));
      lent.applyWithoutMounts(draft);
    };
  }

  private Granted granted() {
    var devices = new HashSet<String>();
    boolean any = false;
    boolean insecure = false;
    for (var grant : allow.get()) {
      if (grant.startsWith(DEVICE + "=")) {
        devices.add(grant.substring(DEVICE.length() + 1));
      } else if (!List.of(INSECURE, DEVICE, "network.host").contains(grant)) {
        throw usage(
            "unknown --allow %s: expected %s or %s[=NAME]"
                .formatted(Quoted.of(grant), INSECURE, DEVICE));
      }
      any |= grant.equals(DEVICE);
      insecure |= grant.equals(INSECURE);
    }
    return new Granted(insecure, any, devices);
  }

  private boolean isHost(String option) {
    var asked = Objects.requireNonNull(namespaces.get(option)).get().orElse("");
    if (asked.equals("host") || asked.isEmpty() || asked.equals("private")) {
      return asked.equals("host");
    }
    throw LaterFlags.notYet(option + "=" + asked);
  }

  private List<String> groups() {
    var all = split(groups.get());
    if (all.contains("keep-groups")) {
      throw LaterFlags.notYet("--group-add=keep-groups");
    }
    return all;
  }

  private static Consumer<ContainerRequest.Draft> secured(String option) {
    var parts = option.split("[=:]", 2);
    var value = parts.length == 2 ? parts[1] : "";
    if (parts[0].equals("no-new-privileges")) {
      return draft -> draft.noNewPrivileges = !value.equals("false");
    }
    if (parts[0].equals("seccomp")) {
      var profile =
          value.equals("unconfined")
              ? SeccompProfile.unconfined()
              : SeccompProfile.parse(LocalFile.read(value));
      return draft -> draft.seccomp = profile;
    }
    if (!WITHOUT_EFFECT.contains(parts[0])) {
      throw usage("invalid --security-opt " + Quoted.of(option));
    }
    return _ -> {};
  }

  private static String size(String text) {
    var lower = text.toLowerCase(Locale.ROOT).replaceFirst("b$", "");
    if (!lower.matches("[0-9]+[kmg]?")) {
      throw usage("invalid size %s: expected a number and b, k, m or g".formatted(Quoted.of(text)));
    }
    return lower;
  }

  private static List<String> split(List<String> given) {
    return given.stream().flatMap(text -> Stream.of(text.split(","))).toList();
  }

  private static OciException usage(String sentence) {
    return new OciException(OciException.Category.USAGE, sentence);
  }
}
