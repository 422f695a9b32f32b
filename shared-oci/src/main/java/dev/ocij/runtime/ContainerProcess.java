package dev.ocij.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ocij.spec.FieldReader;
import dev.ocij.spec.FieldWriter;
import dev.ocij.spec.JsonForm;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The program of a container: runtime-spec, "Process".
///
/// @param cwd absolute, in the root file system
/// @param args the program, looked up in the PATH of `env` when it has no slash, and its arguments
public record ContainerProcess(
    boolean terminal,
    User user,
    List<String> args,
    List<String> env,
    String cwd,
    @Nullable CapabilitySets capabilities,
    List<Rlimit> rlimits,
    boolean noNewPrivileges,
    @Nullable Integer oomScoreAdj)
    implements JsonForm {

  public ContainerProcess(
      boolean terminal,
      @Nullable User user,
      @Nullable List<String> args,
      @Nullable List<String> env,
      @Nullable String cwd,
      @Nullable CapabilitySets capabilities,
      @Nullable List<Rlimit> rlimits,
      boolean noNewPrivileges,
      @Nullable Integer oomScoreAdj) {
    this.terminal = terminal;
    this.user = Objects.requireNonNullElse(user, User.ROOT);
    this.args = Copies.of(args);
    this.env = Copies.of(env);
    this.cwd = Objects.requireNonNullElse(cwd, "/");
    this.capabilities = capabilities;
    this.rlimits = Copies.of(rlimits);
    this.noNewPrivileges = noNewPrivileges;
    this.oomScoreAdj = oomScoreAdj;
  }

  /// As a bundle has it, or a file of its own.
  public static ContainerProcess from(FieldReader json) {
    return new ContainerProcess(
        json.flag("terminal"),
        json.object("user", User::from),
        json.texts("args"),
        json.texts("env"),
        json.text("cwd"),
        json.object("capabilities", CapabilitySets::from),
        json.objects("rlimits", Rlimit::from),
        json.flag("noNewPrivileges"),
        json.integerOrNull("oomScoreAdj"));
  }

  @Override
  public JsonNode json() {
    return new FieldWriter()
        .put("terminal", terminal)
        .form("user", user)
        .list("args", args)
        .list("env", env)
        .text("cwd", cwd)
        .form("capabilities", capabilities)
        .list("rlimits", rlimits)
        .put("noNewPrivileges", noNewPrivileges)
        .present("oomScoreAdj", oomScoreAdj)
        .node();
  }

  /// A limit of setrlimit(2).
  ///
  /// @param type `RLIMIT_NOFILE` and so on
  public record Rlimit(String type, long soft, long hard) implements JsonForm {
    /// As a bundle has it.
    public static Rlimit from(FieldReader json) {
      return new Rlimit(json.required("type"), json.number("soft"), json.number("hard"));
    }

    @Override
    public JsonNode json() {
      return new FieldWriter().put("type", type).put("soft", soft).put("hard", hard).node();
    }

    /// `NAME=SOFT[:HARD]`, as `nofile=1024:4096`.
    public static Rlimit parse(String text) {
      if (!text.matches("[a-z]+=-?[0-9]{1,18}(:-?[0-9]{1,18})?")) {
        throw new OciException(
            OciException.Category.USAGE,
            "invalid ulimit %s: expected NAME=SOFT[:HARD]".formatted(Quoted.of(text)));
      }
      var name = text.substring(0, text.indexOf('='));
      var values = text.substring(name.length() + 1).split(":");
      long soft = Long.parseLong(values[0]);
      long hard = values.length == 2 ? Long.parseLong(values[1]) : soft;
      if (hard >= 0 && (soft < 0 || soft > hard)) {
        throw new OciException(
            OciException.Category.USAGE,
            "invalid ulimit %s: the soft limit must not be larger than the hard one"
                .formatted(Quoted.of(text)));
      }
      return new Rlimit("RLIMIT_" + name.toUpperCase(Locale.ROOT), soft, hard);
    }
  }
}
