package dev.ocij.buildah.podman.runtime;

import dev.ocij.buildah.podman.Values;
import dev.ocij.runtime.CapabilitySets;
import dev.ocij.runtime.ContainerProcess;
import dev.ocij.runtime.User;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Options;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What `exec` is to run: the container's process in another form, or all of a file.
final class ExecutedProcess {
  private final Supplier<List<String>> words;
  private final Supplier<Optional<String>> file;
  private final BooleanSupplier tty;
  private final Supplier<Optional<String>> user;
  private final Supplier<Optional<String>> cwd;
  private final Supplier<List<String>> env;
  private final Supplier<List<String>> capabilities;
  private final BooleanSupplier noNewPrivileges;

  ExecutedProcess(Options options) {
    words = options.arguments("ID", 1, "of the container, then the program and its arguments");
    file = options.text("-p, --process", "PATH", "a process of runtime-spec, in place of all else");
    tty = options.flag("-t, --tty", "give it a terminal");
    user = options.text("-u, --user", "UID[:GID]", "by numbers; default: the container's");
    cwd = options.text("--cwd", "DIR", "where it begins; default: the container's");
    env = options.texts("-e, --env", "NAME=VALUE", "a variable beside the container's");
    capabilities = options.texts("-c, --cap", "NAME", "a capability beside the container's");
    noNewPrivileges = options.flag("--no-new-privs", "it can gain no powers");
  }

  String id() {
    return words.get().getFirst();
  }

  ContainerProcess of(ContainerProcess container) {
    if (file.get().isPresent()) {
      return RuntimeBundle.readProcess(Path.of(file.get().get()));
    }
    var args = words.get().subList(1, words.get().size());
    if (args.isEmpty()) {
      throw Values.usage("exec needs a program, or a file of one by --process");
    }
    return new ContainerProcess(
        tty.getAsBoolean(),
        user.get().map(text -> user(text, container.user())).orElse(container.user()),
        args,
        environment(container),
        cwd.get().orElse(container.cwd()),
        withMore(container.capabilities()),
        container.rlimits(),
        container.noNewPrivileges() || noNewPrivileges.getAsBoolean(),
        container.oomScoreAdj());
  }

  /// A variable that is named again takes the place of the container's.
  private List<String> environment(ContainerProcess container) {
    var names = env.get().stream().map(ExecutedProcess::name).toList();
    var kept = container.env().stream().filter(each -> !names.contains(name(each)));
    return Stream.concat(kept, env.get().stream()).toList();
  }

  private static String name(String variable) {
    int equals = variable.indexOf('=');
    return equals < 0 ? variable : variable.substring(0, equals);
  }

  private static User user(String text, User container) {
    if (!text.matches("[0-9]{1,9}(:[0-9]{1,9})?")) {
      throw Values.usage("invalid user %s: expected UID[:GID]".formatted(Quoted.of(text)));
    }
    var ids = text.split(":");
    int gid = ids.length == 2 ? Integer.parseInt(ids[1]) : container.gid();
    return new User(Integer.parseInt(ids[0]), gid, container.additionalGids(), container.umask());
  }

  private @Nullable CapabilitySets withMore(@Nullable CapabilitySets sets) {
    if (capabilities.get().isEmpty() || sets == null) {
      return sets;
    }
    return new CapabilitySets(
        and(sets.bounding()),
        and(sets.effective()),
        and(sets.permitted()),
        sets.inheritable(),
        sets.ambient());
  }

  private List<String> and(List<String> names) {
    var all = new ArrayList<>(names);
    all.addAll(capabilities.get());
    return all;
  }
}
