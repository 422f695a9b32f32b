package dev.ocij.buildah.podman.runtime;

import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.term.Options;
import dev.ocij.term.template.GoJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The options that stand before a command of the runtime.
final class RuntimeFlags {
  private final Supplier<Optional<String>> root;
  private final Supplier<Optional<String>> log;
  private final Supplier<Optional<String>> logFormat;

  RuntimeFlags(Options options) {
    root = options.text("--root", "DIR", "where containers are remembered");
    log = options.text("--log", "PATH", "a file that errors are written to as well");
    logFormat = options.text("--log-format", "text|json", "how they are written");
    options.text("--log-level", "LEVEL", "accepted; errors alone are written");
    options.text("--rootless", "VALUE", "accepted; it is found out");
    options.text("--cgroup-manager", "NAME", "accepted; it means nothing here");
    options.flag("--systemd-cgroup", "accepted; it means nothing here");
    options.flag("--debug", "accepted; it means nothing here");
  }

  /// The folder of one container.
  RuntimeFolder folder(String id, Map<String, String> environment) {
    return RuntimeFolder.of(root(environment), id);
  }

  private Path root(Map<String, String> environment) {
    if (root.get().isPresent()) {
      return Path.of(root.get().get()).toAbsolutePath();
    }
    var run = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    return run.isEmpty() ? Path.of("/run/ocij-runtime") : Path.of(run, "ocij-runtime");
  }

  /// Engines read the last error from the log.
  void log(String error) {
    if (log.get().isEmpty() || log.get().get().isEmpty()) {
      return;
    }
    try {
      Files.writeString(
          Path.of(log.get().get()),
          line(error) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new OciException(OciException.Category.IO, "write the log: " + e.getMessage(), e);
    }
  }

  private String line(String error) {
    var time = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    return logFormat.get().filter("json"::equals).isPresent()
        ? GoJson.compact(Json.object().put("msg", error).put("level", "error").put("time", time))
        : "%s: %s".formatted(time, error);
  }
}
