package dev.ocij.buildah.podman;

import dev.ocij.buildah.life.DetachKeys;
import dev.ocij.buildah.run.RunRequest;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Options;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What `run` may be told about the container's life: its log, its first process, what follows its
/// end.
final class LifeFlags {
  private static final List<String> INITS =
      List.of(
          "/usr/libexec/podman/catatonit",
          "/usr/bin/catatonit",
          "/usr/bin/tini-static",
          "/usr/bin/tini",
          "/usr/bin/docker-init",
          "/sbin/docker-init",
          "/usr/bin/dumb-init");

  private final Supplier<Optional<String>> logDriver;
  private final Supplier<List<String>> logOptions;
  private final Supplier<Optional<String>> restart;
  private final BooleanSupplier init;
  private final Supplier<Optional<String>> initPath;
  private final Supplier<Optional<String>> pidFile;
  private final Supplier<Optional<String>> monitorFile;
  private final Supplier<Optional<String>> keys;
  private final HealthFlags health;

  LifeFlags(Options options) {
    health = new HealthFlags(options);
    logDriver = options.text("--log-driver", "k8s-file|none", "where the output is kept");
    logOptions = options.texts("--log-opt", "path=FILE", "the file of the log");
    restart =
        options.text("--restart", "POLICY", "no, always, unless-stopped or on-failure[:TIMES]");
    init = options.flag("--init", "a small first process that reaps others");
    initPath = options.text("--init-path", "PATH", "the program for --init");
    pidFile = options.text("--pidfile", "PATH", "write the first process's number here");
    monitorFile =
        options.text(
            "--conmon-pidfile", "PATH", "write the number of the process that waits for it here");
    keys =
        options.text(
            "--detach-keys", "KEYS", "leave the container by these; default: " + "ctrl-p,ctrl-q");
  }

  DetachKeys keys() {
    return keys.get().map(DetachKeys::parse).orElseGet(DetachKeys::usual);
  }

  /// @param otherwise the restart policy, where none is named
  RunRequest.Life life(String otherwise) {
    var policy = restart.get().filter(text -> !text.isEmpty()).orElse(otherwise).split(":", 2);
    return new RunRequest.Life(
        log(),
        logPath(),
        policy(policy[0]),
        policy.length == 2 ? Values.number(policy[1], "number of restarts") : 0,
        pidFile.get().map(Values::wholePath).orElse(null),
        monitorFile.get().map(Values::wholePath).orElse(null),
        init(),
        OwnLine.words(),
        health.check(),
        health.onFailure());
  }

  /// @throws OciException where it is not a restart policy
  static void checkPolicy(String text) {
    var parts = text.split(":", 2);
    if (!text.isEmpty()) {
      policy(parts[0]);
    }
    if (parts.length == 2) {
      Values.number(parts[1], "number of restarts");
    }
  }

  private static String policy(String name) {
    return switch (name) {
      case "no", "always", "on-failure", "unless-stopped" -> name;
      case "never" -> "no";
      default ->
          throw Values.usage(
              "invalid restart policy %s: expected no, always, on-failure or unless-stopped"
                  .formatted(Quoted.of(name)));
    };
  }

  private String log() {
    var asked = logDriver.get().orElse("k8s-file");
    return switch (asked) {
      case "k8s-file", "json-file", "" -> "k8s-file";
      case "none", "passthrough" -> "none";
      case "journald", "passthrough-tty" -> throw Values.notYet("--log-driver " + asked);
      default ->
          throw Values.usage(
              "invalid log driver %s: expected k8s-file or none".formatted(Quoted.of(asked)));
    };
  }

  private @Nullable String logPath() {
    return logOptions.get().stream()
        .filter(option -> option.startsWith("path="))
        .map(option -> Path.of(option.substring("path=".length())).toAbsolutePath().toString())
        .reduce((_, last) -> last)
        .orElse(null);
  }

  private @Nullable String init() {
    if (!init.getAsBoolean()) {
      return null;
    }
    return Stream.concat(initPath.get().stream(), INITS.stream())
        .filter(path -> Files.isExecutable(Path.of(path)))
        .findFirst()
        .orElseThrow(() ->
            new OciException(
                OciException.Category.IMPOSSIBLE,
                "run with --init: no program for it was found; the packages catatonit, tini"
                    + " and dumb-init have one, and --init-path names another"));
  }
}
