package dev.ocij.runtime;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the caller wants of a container beyond its image.
///
/// @param args the program and its arguments
/// @param user instead of the image's, `user[:group]` by names or numbers
/// @param cwd instead of the image's
/// @param env `NAME=value`, over the image's
/// @param unsetEnv names of the image's or the usual variables to leave out; `*` for all of them
/// @param hostname of the container; absent: the host's, shared
/// @param network `host`, `none` for a loopback interface alone, `private` for one that somebody
///   gives a way out, or `ns:` and the file of one that is there
/// @param addCapabilities names with or without `CAP_`, or `ALL`
/// @param mounts behind the usual ones
/// @param masked paths that appear empty, beside the usual ones
/// @param unmasked patterns of the usual paths that are masked or read-only, and shall not be;
///   `ALL` for all of them
/// @param shmSize of the shared memory in /dev/shm; absent: there is none
/// @param shared types of namespaces to share with the host: `pid`, `ipc`
/// @param joined files of namespaces to be in, by their types: `pid`, `ipc`, `uts`
/// @param sysctl parameters of the kernel that its namespaces have
/// @param oomScoreAdj how soon the kernel ends it where memory is short; absent: as the caller
/// @param ids those of a user namespace of its own; absent: the caller's
/// @param controlGroup the name of a control group of its own; absent: only where it has limits
public record ContainerRequest(
    List<String> args,
    @Nullable String user,
    @Nullable String cwd,
    List<String> env,
    List<String> unsetEnv,
    @Nullable String hostname,
    String network,
    boolean terminal,
    boolean readOnly,
    boolean noNewPrivileges,
    boolean privileged,
    List<String> addCapabilities,
    List<String> dropCapabilities,
    List<Mount> mounts,
    List<ContainerProcess.Rlimit> rlimits,
    List<String> groups,
    @Nullable Integer umask,
    @Nullable String shmSize,
    SeccompProfile seccomp,
    List<String> masked,
    List<String> unmasked,
    List<String> shared,
    Map<String, String> joined,
    Map<String, String> sysctl,
    @Nullable Integer oomScoreAdj,
    LinuxConfig.@Nullable Resources resources,
    @Nullable String controlGroup,
    @Nullable IdMaps ids,
    Map<String, String> annotations) {

  public ContainerRequest {
    args = List.copyOf(args);
    env = List.copyOf(env);
    unsetEnv = List.copyOf(unsetEnv);
    masked = List.copyOf(masked);
    unmasked = List.copyOf(unmasked);
    shared = List.copyOf(shared);
    joined = Map.copyOf(joined);
    sysctl = Map.copyOf(sysctl);
    annotations = Map.copyOf(annotations);
    addCapabilities = List.copyOf(addCapabilities);
    dropCapabilities = List.copyOf(dropCapabilities);
    mounts = List.copyOf(mounts);
    rlimits = List.copyOf(rlimits);
    groups = List.copyOf(groups);
  }

  /// As an image is run when nothing else is asked for, on the host's network.
  public static ContainerRequest of(List<String> args) {
    var draft = new Draft();
    draft.args = args;
    return draft.finish();
  }

  /// A copy with some fields changed: `request.with(draft -> draft.user = "1000")`.
  public ContainerRequest with(Consumer<Draft> change) {
    var draft = new Draft(this);
    change.accept(draft);
    return draft.finish();
  }

  /// A [ContainerRequest] in the making.
  public static final class Draft {
    public List<String> args = List.of();
    public @Nullable String user;
    public @Nullable String cwd;
    public List<String> env = List.of();
    public List<String> unsetEnv = List.of();
    public @Nullable String hostname;
    public String network = "host";
    public boolean terminal;
    public boolean readOnly;
    public boolean noNewPrivileges;
    public boolean privileged;
    public List<String> addCapabilities = List.of();
    public List<String> dropCapabilities = List.of();
    public List<Mount> mounts = List.of();
    public List<ContainerProcess.Rlimit> rlimits = List.of();
    public List<String> groups = List.of();
    public @Nullable Integer umask;
    public @Nullable String shmSize = "65536k";
    public SeccompProfile seccomp = SeccompProfile.usual();
    public List<String> masked = List.of();
    public List<String> unmasked = List.of();
    public List<String> shared = List.of();
    public Map<String, String> joined = Map.of();
    public Map<String, String> sysctl = Map.of();
    public @Nullable Integer oomScoreAdj;
    public LinuxConfig.@Nullable Resources resources;
    public @Nullable String controlGroup;
    public @Nullable IdMaps ids;
    public Map<String, String> annotations = Map.of();

    private Draft() {}

    private Draft(ContainerRequest from) {
      args = from.args;
      user = from.user;
      cwd = from.cwd;
      env = from.env;
      unsetEnv = from.unsetEnv;
      hostname = from.hostname;
      network = from.network;
      terminal = from.terminal;
      readOnly = from.readOnly;
      noNewPrivileges = from.noNewPrivileges;
      privileged = from.privileged;
      addCapabilities = from.addCapabilities;
      dropCapabilities = from.dropCapabilities;
      mounts = from.mounts;
      rlimits = from.rlimits;
      groups = from.groups;
      umask = from.umask;
      shmSize = from.shmSize;
      seccomp = from.seccomp;
      masked = from.masked;
      unmasked = from.unmasked;
      shared = from.shared;
      joined = from.joined;
      sysctl = from.sysctl;
      oomScoreAdj = from.oomScoreAdj;
      resources = from.resources;
      controlGroup = from.controlGroup;
      ids = from.ids;
      annotations = from.annotations;
    }

    private ContainerRequest finish() {
      return new ContainerRequest(
          args,
          user,
          cwd,
          env,
          unsetEnv,
          hostname,
          network,
          terminal,
          readOnly,
          noNewPrivileges,
          privileged,
          addCapabilities,
          dropCapabilities,
          mounts,
          rlimits,
          groups,
          umask,
          shmSize,
          seccomp,
          masked,
          unmasked,
          shared,
          joined,
          sysctl,
          oomScoreAdj,
          resources,
          controlGroup,
          ids,
          annotations);
    }
  }
}
