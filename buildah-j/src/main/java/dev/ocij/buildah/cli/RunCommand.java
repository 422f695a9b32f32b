package dev.ocij.buildah.cli;

import dev.ocij.buildah.container.OtherTree;
import dev.ocij.buildah.container.WorkingContainers;
import dev.ocij.runtime.rootless.StartException;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/// `run CONTAINER [--] COMMAND…`: runs a command in a working container.
public final class RunCommand implements Command {
  private static final String END_OF_OPTIONS = "--";

  /// As a command that fails, not as a failure of ours.
  private static final int NOT_STARTED = 1;

  private final Options options =
      Options.of(this, "Run a command in a working container.").stoppingAtFirstArgument();
  private final Supplier<List<String>> words =
      options.arguments("CONTAINER", 0, "then the command and its arguments");
  private final RunFlags flags = new RunFlags(options);
  private final ProgramMappings mappings;
  private final Toolbox tools;

  RunCommand(StoreFlags store, ProgramMappings mappings) {
    this.mappings = mappings;
    this.tools = new Toolbox(options, store);
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    mappings.check();
    var given = words.get();
    if (given.isEmpty()) {
      throw OrderedArguments.usage("container ID must be specified");
    }
    var command = command(given.subList(1, given.size()));
    try (var images = tools.baseImages();
        var container = new WorkingContainers(tools.store()).open(given.getFirst())) {
      var others = new OtherTree(tools.store(), images);
      return ended(flags.run(container.state(), command).in(container, others::of));
    } catch (StartException e) {
      options.err().println("Error: " + e.sentence());
      return NOT_STARTED;
    }
  }

  private int ended(int status) {
    if (status != ExitCode.OK && !flags.isValid(status)) {
      options.err().println("subprocess exited with status " + status);
      options.err().println("Error: exit status " + status);
      return status;
    }
    return ExitCode.OK;
  }

  private static List<String> command(List<String> words) {
    boolean marked = !words.isEmpty() && words.getFirst().equals(END_OF_OPTIONS);
    var command = marked ? words.subList(1, words.size()) : words;
    if (command.isEmpty()) {
      throw OrderedArguments.usage("command must be specified");
    }
    return command;
  }
}
