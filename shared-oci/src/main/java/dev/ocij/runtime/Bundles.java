package dev.ocij.runtime;

import dev.ocij.runtime.LinuxConfig.Namespace;
import dev.ocij.spec.ContainerConfig;
import dev.ocij.spec.OciException;
import dev.ocij.spec.OciException.Category;
import dev.ocij.spec.Quoted;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes bundles: the configuration of an image, and over it what the caller wants.
public final class Bundles {
  private static final int TERMINALS = 5;
  private static final String PATH = "ns:";

  private final Path rootfs;
  private final ContainerConfig image;
  private final ContainerRequest request;
  private final Accounts.Account account;

  private Bundles(Path rootfs, RootFiles files, ContainerConfig image, ContainerRequest request) {
    this.rootfs = rootfs;
    this.image = image;
    this.request = request;
    var user =
        Objects.requireNonNullElse(request.user(), Objects.requireNonNullElse(image.user(), ""));
    this.account = Accounts.of(files).find(user, request.groups(), request.umask());
  }

  /// A bundle in `directory` with a root file system that is there already.
  public static Bundle of(
      Path directory, Path rootfs, ContainerConfig image, ContainerRequest request) {
    return of(directory, rootfs, RootFiles.of(rootfs), image, request);
  }

  /// A bundle whose root file system can be looked into by `files` before it is mounted.
  public static Bundle of(
      Path directory,
      Path rootfs,
      RootFiles files,
      ContainerConfig image,
      ContainerRequest request) {
    var bundles = new Bundles(rootfs, files, image, request);
    var bundle = Bundle.of(directory, bundles.config());
    return request.cwd() == null && image.workingDir() != null ? bundle.makingCwd() : bundle;
  }

  private RuntimeConfig config() {
    return new RuntimeConfig(
        RuntimeConfig.VERSION,
        process(),
        new RuntimeConfig.Root(rootfs.toAbsolutePath().toString(), request.readOnly()),
        request.hostname(),
        mounts(),
        linux(),
        request.annotations());
  }

  private ContainerProcess process() {
    if (request.args().isEmpty()) {
      throw new OciException(
          Category.USAGE, "run the image: it names no command; give one behind its name");
    }
    var capabilities = List.copyOf(capabilities());
    return new ContainerProcess(
        request.terminal(),
        account.user(),
        request.args(),
        environment(),
        cwd(),
        CapabilitySets.of(capabilities),
        request.rlimits(),
        request.noNewPrivileges(),
        request.oomScoreAdj());
  }

  private String cwd() {
    var wanted = request.cwd() != null ? request.cwd() : image.workingDir();
    var cwd = wanted == null || wanted.isEmpty() ? "/" : wanted;
    if (!cwd.startsWith("/")) {
      throw new OciException(
          Category.USAGE, "enter workdir %s: it is not absolute".formatted(Quoted.of(cwd)));
    }
    return cwd;
  }

  private List<String> environment() {
    var variables = new LinkedHashMap<String, String>();
    variables.put("PATH", Defaults.PATH);
    variables.put("container", "ocij");
    if (request.terminal()) {
      variables.put("TERM", "xterm");
    }
    if (request.hostname() != null) {
      variables.put("HOSTNAME", request.hostname());
    }
    variables.put("HOME", account.home());
    image.env().forEach(variable -> put(variables, variable));
    if (request.unsetEnv().contains("*")) {
      variables.clear();
    }
    request.unsetEnv().forEach(variables::remove);
    request.env().forEach(variable -> put(variables, variable));
    return variables.entrySet().stream()
        .map(each -> each.getKey() + "=" + each.getValue())
        .toList();
  }

  private static void put(Map<String, String> variables, String variable) {
    int equals = variable.indexOf('=');
    if (equals > 0) {
      variables.put(variable.substring(0, equals), variable.substring(equals + 1));
    }
  }

  private Set<String> capabilities() {
    return Capabilities.choose(
        request.privileged(), request.addCapabilities(), request.dropCapabilities());
  }

  /// Later ones take the place of earlier ones at the same destination.
  private List<Mount> mounts() {
    var mounts = new LinkedHashMap<String, Mount>();
    Stream.of(
            Defaults.mounts(ownNetwork(), mapsTerminalGroup()).stream(),
            request.shared().contains("ipc")
                ? Defaults.communicationOfHost()
                : Defaults.communication(request.shmSize()),
            request.mounts().stream())
        .flatMap(each -> each)
        .forEach(mount -> mounts.put(mount.destination(), mount));
    return List.copyOf(mounts.values());
  }

  private LinuxConfig linux() {
    return new LinuxConfig(
        namespaces(),
        request.ids() == null ? List.of() : request.ids().uids().mappings(),
        request.ids() == null ? List.of() : request.ids().gids().mappings(),
        request.sysctl(),
        request.resources(),
        seccomp(),
        Stream.concat(guarded(Defaults.MASKED), request.masked().stream()).distinct().toList(),
        guarded(Defaults.READ_ONLY).toList(),
        request.controlGroup());
  }

  /// Those of the usual paths that nobody wants open.
  private Stream<String> guarded(List<String> usual) {
    return request.privileged()
        ? Stream.of()
        : usual.stream().filter(path -> request.unmasked().stream().noneMatch(open(path)));
  }

  private static Predicate<String> open(String path) {
    return pattern ->
        pattern.equals("ALL")
            || FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(Path.of(path));
  }

  private List<Namespace> namespaces() {
    var types = new ArrayList<>(List.of("mount", "pid", "ipc"));
    types.removeAll(request.shared());
    if (request.hostname() != null || request.joined().containsKey("uts")) {
      types.add("uts");
    }
    var joined = request.joined();
    var all =
        new ArrayList<>(types.stream().map(type -> new Namespace(type, joined.get(type))).toList());
    if (request.ids() != null) {
      all.add(new Namespace("user", null));
    }
    if (ownNetwork()) {
      all.add(new Namespace("network", networkPath()));
    }
    return all;
  }

  private @Nullable Seccomp seccomp() {
    boolean unconfined = request.privileged() || request.seccomp().isUnconfined();
    return unconfined ? null : request.seccomp().resolve(SeccompProfile.machine(), capabilities());
  }

  private boolean ownNetwork() {
    return switch (request.network()) {
      case "host" -> false;
      case "none", "private" -> true;
      case String path when path.startsWith(PATH) -> true;
      default ->
          throw new OciException(
              Category.UNSUPPORTED,
              "network %s is not there yet: host, none and private are"
                  .formatted(Quoted.of(request.network())));
    };
  }

  /// Null for a new network.
  private @Nullable String networkPath() {
    return request.network().startsWith(PATH) ? request.network().substring(PATH.length()) : null;
  }

  private boolean mapsTerminalGroup() {
    // A terminal is made outside, where the group is another.
    return request.ids() == null && IdMap.ofProcess("gid").contains(TERMINALS);
  }
}
