package dev.ocij.buildah.podman;

import dev.ocij.buildah.life.Waits;
import dev.ocij.buildah.run.Containers;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.term.template.GoDuration;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `wait CONTAINER…`: waits for the ends of containers and prints their exit codes.
final class WaitCommand implements Command {
  private static final List<String> CONDITIONS =
      List.of(
          "created",
          "initialized",
          "running",
          "paused",
          "exited",
          "stopped",
          "healthy",
          "unhealthy");
  private static final Set<String> NEVER = Set.of("configured", "removing", "stopping", "unknown");

  private final Options options = Options.of(this, "Wait for containers.");
  private final Supplier<List<String>> names =
      options.arguments("CONTAINER", 0, "names or ids, or the beginnings of ids");
  private final BooleanSupplier latest =
      options.flag("-l, --latest", "the container that was made last");
  private final BooleanSupplier first =
      options.flag("--exit-first-match", "until the first of them, and tell of that alone");
  private final Supplier<List<String>> conditions =
      options.texts("--condition", "STATUS", "what to wait for; default: stopped");
  private final Supplier<Optional<String>> interval =
      options.text("-i, --interval", "TIME", "between two looks; default: 250ms");
  private final BooleanSupplier ignore =
      options.flag("--ignore", "print -1 for a missing container");
  private final StoreFlags store;

  WaitCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var containers = new Containers(store.store());
    var waits = new Waits(containers, interval());
    var statuses = statuses();
    var asked = asked(containers);
    if (first.getAsBoolean()) {
      return awaitAny(containers, waits, asked, statuses);
    }
    int exit = ExitCode.OK;
    for (var name : asked) {
      exit = Math.max(exit, await(containers, waits, name, statuses));
    }
    return exit;
  }

  private List<String> asked(Containers containers) throws IOException {
    if (latest.getAsBoolean()) {
      return List.of(containers.latest().id());
    }
    if (names.get().isEmpty()) {
      throw Values.usage("you must provide at least one name or id");
    }
    return names.get();
  }

  /// Those that are missing are told of before.
  private int awaitAny(Containers containers, Waits waits, List<String> asked, Set<String> statuses)
      throws IOException, InterruptedException {
    var all = new ArrayList<Callable<Integer>>();
    for (var name : asked) {
      var container = containers.find(name);
      all.add(() -> waits.until(container, statuses));
    }
    try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
      options.out().println(tasks.invokeAny(all));
      return ExitCode.OK;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof OciException cause) {
        throw cause;
      }
      throw new IOException(e.getCause());
    }
  }

  private int await(Containers containers, Waits waits, String name, Set<String> statuses)
      throws IOException, InterruptedException {
    try {
      options.out().println(waits.until(containers.find(name), statuses));
    } catch (OciException e) {
      if (e.category() != OciException.Category.NOT_FOUND || !ignore.getAsBoolean()) {
        options.err().println("Error: " + e.sentence());
        return ExitCode.TOOL_FAILED;
      }
      options.out().println(-1);
    }
    options.out().flush();
    return ExitCode.OK;
  }

  private Duration interval() {
    var text = interval.get().orElse("250ms");
    return text.matches("[0-9]+")
        ? Duration.ofMillis(Long.parseLong(text))
        : GoDuration.parse(text);
  }

  private Set<String> statuses() {
    var asked = Values.split(conditions.get());
    var statuses = new HashSet<String>();
    for (var name : asked.isEmpty() ? List.of("stopped") : asked) {
      if (!CONDITIONS.contains(name) && !NEVER.contains(name)) {
        throw Values.usage(
            "unknown condition %s: expected one of %s"
                .formatted(Quoted.of(name), String.join(", ", CONDITIONS)));
      }
      statuses.add(name.equals("stopped") ? "exited" : name);
    }
    return statuses;
  }
}
