package dev.ocij.buildah.cli;

import dev.ocij.buildah.plan.BuildArguments;
import dev.ocij.term.Options;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The values that `build` gives to ARG.
final class ArgumentFlags {
  private final Supplier<List<String>> given;
  private final Supplier<List<String>> files;
  private final Supplier<Optional<Boolean>> proxies;

  ArgumentFlags(Options options) {
    given = options.texts("--build-arg", "NAME[=VALUE]", "a value for ARG");
    files = options.texts("--build-arg-file", "PATH", "values for ARG, one a line");
    proxies = options.choice("--http-proxy", "pass the proxies of the environment to RUN");
  }

  /// What is given on the line beats what stands in files, and that the proxies of the environment.
  Map<String, String> arguments(Map<String, String> environment) {
    var values = new LinkedHashMap<String, String>();
    if (proxies.get().orElse(true)) {
      environment.forEach((name, value) -> {
        if (BuildArguments.isProxy(name)) {
          values.put(name, value);
        }
      });
    }
    for (var file : files.get()) {
      values.putAll(Assignments.parse(Assignments.readFile(file), environment));
    }
    values.putAll(Assignments.parse(given.get(), environment));
    return values;
  }
}
