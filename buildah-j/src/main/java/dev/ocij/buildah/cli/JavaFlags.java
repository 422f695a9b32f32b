package dev.ocij.buildah.cli;

import dev.ocij.buildah.java.JavaSettings;
import dev.ocij.term.Options;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// How an application is started, and what else its image says.
final class JavaFlags {
  private final Supplier<Optional<String>> mainClass;
  private final Supplier<List<String>> jvmFlags;
  private final Supplier<List<String>> arguments;
  private final Supplier<List<String>> ports;
  private final Supplier<List<String>> env;
  private final Supplier<List<String>> labels;
  private final Supplier<Optional<String>> user;
  private final Supplier<Optional<String>> workdir;
  private final Supplier<Optional<String>> root;
  private final Supplier<List<String>> libraries;

  JavaFlags(Options options) {
    mainClass = options.text("--main-class", "CLASS", "in place of the one that is found");
    jvmFlags = options.texts("--jvm-flag", "FLAG", "for the virtual machine");
    arguments = options.texts("--arg", "WORD", "an argument of the program");
    ports = options.texts("-p, --port", "PORT[/udp]", "a port that the application listens at");
    env = options.texts("--env", "NAME[=VALUE]", "a variable of the image");
    labels = options.texts("--label", "NAME=VALUE", "a label of the image");
    user = options.text("-u, --user", "USER[:GROUP]", "who the application runs as");
    workdir = options.text("--workdir", "PATH", "where it runs");
    root = options.text("--app-root", "PATH", "where it is put; default: /app, for Jetty its ROOT");
    libraries = options.texts("--library", "PATH", "a jar, or a folder of jars, that it needs");
  }

  JavaSettings settings() {
    return new JavaSettings(
        mainClass.get().orElse(null),
        jvmFlags.get(),
        arguments.get(),
        ports.get(),
        Assignments.parse(env.get(), System.getenv()),
        Assignments.parse(Assignments.withValues(labels.get()), Map.of()),
        user.get().orElse(null),
        workdir.get().orElse(null),
        root.get().orElse(null),
        libraries.get().stream().map(Path::of).toList());
  }
}
