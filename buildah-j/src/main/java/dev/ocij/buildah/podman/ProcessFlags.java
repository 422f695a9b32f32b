package dev.ocij.buildah.podman;

import dev.ocij.buildah.run.RunRequest;
import dev.ocij.config.Environment;
import dev.ocij.runtime.ContainerRequest;
import dev.ocij.spec.Json;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// What `run` may be told about the program: its arguments, variables, user, streams.
final class ProcessFlags {
  private static final List<String> PROXIES =
      List.of("http_proxy", "https_proxy", "ftp_proxy", "no_proxy");

  private final Supplier<Optional<String>> entrypoint;
  private final Supplier<List<String>> env;
  private final Supplier<List<String>> envFiles;
  private final Supplier<List<String>> envMerge;
  private final Supplier<List<String>> unset;
  private final BooleanSupplier envHost;
  private final BooleanSupplier unsetAll;
  private final Supplier<Optional<Boolean>> httpProxy;
  private final Supplier<Optional<String>> user;
  private final Supplier<Optional<String>> workdir;
  private final Supplier<Optional<String>> umask;
  private final Supplier<List<String>> groups;
  private final BooleanSupplier interactive;
  private final BooleanSupplier tty;
  private final Supplier<List<String>> attach;
  private final Supplier<Optional<Boolean>> signals;
  private final Supplier<Optional<String>> timeout;
  private final Supplier<Optional<Boolean>> passwd;
  private final Supplier<Optional<String>> passwdEntry;
  private final Supplier<Optional<String>> groupEntry;

  ProcessFlags(Options options) {
    entrypoint = options.text("--entrypoint", "PROGRAM", "in place of the image's, or a JSON list");
    env = options.texts("-e, --env", "NAME=VALUE", "a variable; NAME alone copies the caller's");
    envFiles = options.texts("--env-file", "PATH", "variables, one a line");
    envMerge = options.texts("--env-merge", "NAME=VALUE", "a value made from the image's ${NAME}");
    unset = options.texts("--unsetenv", "NAME", "leave out a variable of the image");
    envHost = options.flag("--env-host", "all variables of the caller");
    unsetAll = options.flag("--unsetenv-all", "leave out all variables of the image");
    httpProxy = options.choice("--http-proxy", "the caller's proxy variables; default: true");
    user = options.text("-u, --user", "USER[:GROUP]", "by names or numbers");
    workdir = options.text("-w, --workdir", "DIR", "where the program begins");
    umask = options.text("--umask", "BITS", "what new files do not get; default: 0022");
    groups = options.texts("--group-add", "GROUP", "one more group of the user");
    interactive = options.flag("-i, --interactive", "pass on standard input");
    tty = options.flag("-t, --tty", "give the program a terminal");
    attach = options.texts("-a, --attach", "STREAM", "pass on only stdin, stdout or stderr");
    signals = options.choice("--sig-proxy", "pass on signals; default: true");
    timeout = options.text("--timeout", "SECONDS", "kill the container after this time");
    passwd = options.choice("--passwd", "an entry for a user whom the image does not know");
    passwdEntry = options.text("--passwd-entry", "LINE", "what the entry in /etc/passwd is");
    groupEntry = options.text("--group-entry", "LINE", "an entry in /etc/group");
  }

  Optional<List<String>> entrypoint() {
    return entrypoint.get().map(ProcessFlags::words);
  }

  void apply(ContainerRequest.Draft draft) {
    draft.env = environment();
    draft.unsetEnv = unsetAll.getAsBoolean() ? List.of("*") : Values.split(unset.get());
    draft.user = user.get().orElse(null);
    draft.cwd = workdir.get().orElse(null);
    draft.umask = umask.get().map(text -> Values.octal(text, "umask")).orElse(022);
    draft.groups = groups();
    draft.terminal = tty.getAsBoolean();
  }

  List<String> mergedEnvironment() {
    return envMerge.get();
  }

  RunRequest.Attachment attachment() {
    var streams = attach.get().stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    for (var name : streams) {
      if (!List.of("stdin", "stdout", "stderr").contains(name)) {
        throw Values.usage(
            "invalid stream %s for --attach: expected stdin, stdout or stderr"
                .formatted(Quoted.of(name)));
      }
    }
    return new RunRequest.Attachment(
        interactive.getAsBoolean() || streams.contains("stdin"),
        streams.isEmpty() || streams.contains("stdout"),
        streams.isEmpty() || streams.contains("stderr"),
        signals.get().orElse(true),
        timeout.get().map(text -> Values.number(text, "timeout")).orElse(0));
  }

  RunRequest.Accounting accounting() {
    return new RunRequest.Accounting(
        passwd.get().orElse(true), passwdEntry.get().orElse(null), groupEntry.get().orElse(null));
  }

  private List<String> groups() {
    var all = Values.split(groups.get());
    if (all.contains("keep-groups")) {
      throw Values.notYet("--group-add keep-groups");
    }
    return all;
  }

  /// Each source over the ones before.
  private List<String> environment() {
    var caller = Environment.system().variables();
    var all = new ArrayList<String>();
    if (httpProxy.get().orElse(true)) {
      proxies(caller).forEach(all::add);
    }
    if (envHost.getAsBoolean()) {
      Values.all(caller).filter(each -> !each.startsWith("_OCIJ_")).forEach(all::add);
    }
    all.addAll(Values.environment(Values.lines(envFiles.get()), caller));
    all.addAll(Values.environment(env.get(), caller));
    return all;
  }

  private static List<String> proxies(Map<String, String> caller) {
    return Values.all(caller)
        .filter(each -> PROXIES.contains(each.split("=", 2)[0].toLowerCase(Locale.ROOT)))
        .toList();
  }

  /// Nothing clears it.
  private static List<String> words(String text) {
    if (text.isEmpty()) {
      return List.of();
    }
    return text.startsWith("[")
        ? List.of(
            Json.read(
                text.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                String[].class,
                "--entrypoint"))
        : List.of(text);
  }
}
