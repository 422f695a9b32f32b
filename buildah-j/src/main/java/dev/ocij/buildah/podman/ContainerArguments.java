package dev.ocij.buildah.podman;

import dev.ocij.buildah.run.ContainerState;
import dev.ocij.buildah.run.Containers;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Reason;
import dev.ocij.term.ExitCode;
import dev.ocij.term.LocalFile;
import dev.ocij.term.Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// The containers that a command is about: named, all, the latest, or those that filters let pass.
final class ContainerArguments {
  private final Options options;
  private final Supplier<List<String>> names;
  private final BooleanSupplier all;
  private final BooleanSupplier latest;
  private final Supplier<List<String>> filters;
  private final Supplier<List<String>> idFiles;
  private final BooleanSupplier ignore;

  ContainerArguments(Options options) {
    this(options, "-a, --all", "-i, --ignore");
  }

  /// @param all the names of the option for all containers
  /// @param ignoring the names of the option that makes missing ones no error
  ContainerArguments(Options options, String all, String ignoring) {
    this(options, all, ignoring, "-f, --filter");
  }

  /// @param filter the names of the option for what is true of them
  ContainerArguments(Options options, String all, String ignoring, String filter) {
    this.options = options;
    names = options.arguments("CONTAINER", 0, "names or ids, or the beginnings of ids");
    this.all = options.flag(all, "all containers to which it can be done");
    latest = options.flag("-l, --latest", "the container that was made last");
    filters = options.texts(filter, "KEY=VALUE", "those of which this is true");
    idFiles = options.texts("--cidfile", "PATH", "the container whose id is in the file");
    ignore = options.flag(ignoring, "missing ones are no error");
  }

  /// The only container that is meant.
  ContainerState single(Containers containers) throws IOException {
    var chosen = chosen(containers, _ -> true);
    if (chosen.size() != 1) {
      throw Values.usage("this can be done to one container at a time");
    }
    var only = chosen.getFirst();
    return only.container == null ? containers.find(only.given) : only.container;
  }

  /// Something that is done to one container.
  @FunctionalInterface
  interface Action {
    void on(ContainerState container) throws IOException, InterruptedException;
  }

  private record Chosen(String given, @Nullable ContainerState container) {}

  /// Does it to each, prints each name as it was given, and tells what failed.
  ///
  /// @param fits which of all containers are meant by `--all`
  /// @return 0, or 125 where something failed
  int forEach(Containers containers, Predicate<ContainerState> fits, Action action)
      throws IOException, InterruptedException {
    return forEach(containers, fits, action, _ -> ExitCode.TOOL_FAILED);
  }

  /// As [#forEach(Containers, Predicate, Action)].
  ///
  /// @param status of the command where that went wrong; 0 where nobody is told of it
  /// @return the greatest of them
  int forEach(
      Containers containers,
      Predicate<ContainerState> fits,
      Action action,
      ToIntFunction<OciException> status)
      throws IOException, InterruptedException {
    int exit = ExitCode.OK;
    for (var given : chosen(containers, fits)) {
      try {
        action.on(given.container == null ? containers.find(given.given) : given.container);
        options.out().println(given.given);
        options.out().flush();
      } catch (OciException e) {
        if (!(ignore.getAsBoolean() && e.category() == OciException.Category.NOT_FOUND)) {
          exit = Math.max(exit, tell(e.sentence(), status.applyAsInt(e)));
        }
      } catch (IOException e) {
        exit = tell(Reason.withFile(e), ExitCode.TOOL_FAILED);
      }
    }
    return exit;
  }

  private int tell(String sentence, int status) {
    if (status != ExitCode.OK) {
      options.err().println("Error: " + sentence);
      options.err().flush();
    }
    return status;
  }

  private List<Chosen> chosen(Containers containers, Predicate<ContainerState> fits)
      throws IOException {
    if (all.getAsBoolean() && !names.get().isEmpty()) {
      throw Values.usage("no arguments are needed with --all");
    }
    var chosen = new ArrayList<Chosen>();
    names.get().forEach(name -> chosen.add(new Chosen(name, null)));
    idFiles.get().forEach(file -> chosen.add(new Chosen(id(file), null)));
    if (all.getAsBoolean() || !filters.get().isEmpty()) {
      var filter = ContainerFilters.parse(filters.get(), Clock.systemUTC(), containers);
      containers.list().stream()
          .filter(fits.and(filter))
          .forEach(each -> chosen.add(new Chosen(each.id(), each)));
    } else if (latest.getAsBoolean()) {
      var youngest = containers.latest();
      chosen.add(new Chosen(youngest.id(), youngest));
    } else if (chosen.isEmpty()) {
      throw Values.usage("you must provide at least one name or id");
    }
    return chosen;
  }

  private static String id(String file) {
    return new String(LocalFile.read(file), StandardCharsets.UTF_8).strip();
  }
}
