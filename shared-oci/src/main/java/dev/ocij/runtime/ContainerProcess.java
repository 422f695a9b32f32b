package dev.ocij.runtime;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The program of a container: runtime-spec, "Process".
///
/// @param cwd absolute, in the root file system
/// @param args the program, looked up in the PATH of `env` when it has no slash, and its arguments
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ContainerProcess(
    Boolean terminal,
    User user,
    List<String> args,
    List<String> env,
    String cwd,
    @Nullable CapabilitySets capabilities,
    List<Rlimit> rlimits,
    Boolean noNewPrivileges,
    @Nullable Integer oomScoreAdj) {

  public ContainerProcess(
      @Nullable Boolean terminal,
      @Nullable User user,
      @Nullable List<String> args,
      @Nullable List<String> env,
      @Nullable String cwd,
      @Nullable CapabilitySets capabilities,
      @Nullable List<Rlimit> rlimits,
      @Nullable Boolean noNewPrivileges,
      @Nullable Integer oomScoreAdj) {
    this.terminal = Boolean.TRUE.equals(terminal);
    this.user = Objects.requireNonNullElse(user, User.ROOT);
    this.args = Copies.of(args);
    this.env = Copies.of(env);
    this.cwd = Objects.requireNonNullElse(cwd, "/");
    this.capabilities = capabilities;
    this.rlimits = Copies.of(rlimits);
    this.noNewPrivileges = Boolean.TRUE.equals(noNewPrivileges);
    this.oomScoreAdj = oomScoreAdj;
  }

  /// The same program with other arguments, the first of which names it.
  public ContainerProcess withArgs(List<String> changed) {
    return new ContainerProcess(
        terminal, user, changed, env, cwd, capabilities, rlimits, noNewPrivileges, oomScoreAdj);
  }

  /// A limit of setrlimit(2).
  ///
  /// @param type `RLIMIT_NOFILE` and so on
  public record Rlimit(String type, long soft, long hard) {}
}
