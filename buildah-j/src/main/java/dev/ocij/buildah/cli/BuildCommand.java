package dev.ocij.buildah.cli;

import dev.ocij.buildah.build.BuildOutput;
import dev.ocij.buildah.build.BuildRequest;
import dev.ocij.buildah.build.BuildResult;
import dev.ocij.buildah.build.Builder;
import dev.ocij.buildah.build.FileOutput;
import dev.ocij.buildah.context.Contexts;
import dev.ocij.buildah.plan.BuildChecks;
import dev.ocij.buildah.plan.Finding;
import dev.ocij.buildah.plan.Surroundings;
import dev.ocij.buildah.text.Containerfile;
import dev.ocij.spec.FieldWriter;
import dev.ocij.spec.OciException;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.term.template.GoJson;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `build [CONTEXT]`: makes an image from a Containerfile.
public final class BuildCommand implements Command {
  private final Options options = Options.of(this, "Build an image from a Containerfile.");
  private final Supplier<List<String>> context =
      options.arguments(
          "CONTEXT", 0, "where COPY takes files from: a directory, - or a URL; default: here");
  private final Runnable checkProgram;
  private final BuildInputs inputs;
  private final ResultFlags results = new ResultFlags(options);
  private final BooleanSupplier checkOnly =
      options.flag("--check", "look for what one may regret, and build nothing");
  private final BooleanSupplier quiet = options.flag("-q, --quiet", "print the id alone");
  private final LogFlags log = new LogFlags(options);

  BuildCommand(StoreFlags store, ProgramMappings mappings) {
    this.checkProgram = mappings::check;
    this.inputs = new BuildInputs(options, store, new RuntimeFlag(options));
    RetryFlags.accept(options);
  }

  /// @param runtime that is to run containers, where that stands before the command's name
  public BuildCommand(StoreFlags store, Supplier<Optional<String>> runtime) {
    this.checkProgram = () -> {};
    this.inputs = new BuildInputs(options, store, new RuntimeFlag(options, runtime));
    RetryFlags.accept(options);
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    checkProgram.run();
    try (var downloads = inputs.downloads()) {
      return build(new Contexts(downloads));
    }
  }

  private Integer build(Contexts contexts) throws IOException {
    var opened = contexts.open(context(), System.in);
    var transports = inputs.tools().transports();
    results.check(inputs.flags().isList());
    var containerfiles = inputs.containerfiles(opened);
    var surroundings = inputs.surroundings(opened);
    if (checkOnly.getAsBoolean()) {
      return told(findings(containerfiles, surroundings));
    }
    if (containerfiles.stream().anyMatch(each -> BuildChecks.areErrors(each, surroundings))) {
      requireNone(findings(containerfiles, surroundings));
    }
    var requests = inputs.requests(containerfiles, transports);
    inputs.flags().obstacle().ifPresent(sentence -> options.err().println("[Warning] " + sentence));
    boolean archive = inputs.flags().outputs().stream().anyMatch(FileOutput::isStandardOutput);
    try (var told =
        log.open(
            archive ? options.err() : options.out(),
            options.err(),
            requests.getFirst().platform(),
            !archive && !quiet.getAsBoolean())) {
      var workshop = inputs.workshop(opened, contexts, transports, told.stdio());
      var output =
          quiet.getAsBoolean()
              ? BuildOutput.SILENT
              : new StepLines(
                  told.lines(), told.aside(), inputs.flags().tags(), told.watched() && !archive);
      var result = build(new Builder(workshop, output), requests);
      inputs.flags().say().write(result);
      results.write(result, requests.getFirst().targets(), inputs.flags().isList());
      (archive ? options.err() : options.out()).println(result.id().hex());
      return ExitCode.OK;
    }
  }

  private static List<Finding> findings(
      List<Containerfile> containerfiles, Surroundings surroundings) {
    return containerfiles.stream()
        .flatMap(each -> BuildChecks.of(each, surroundings).stream())
        .toList();
  }

  private void requireNone(List<Finding> findings) {
    if (!findings.isEmpty()) {
      findings.forEach(options.err()::println);
      throw new OciException(
          OciException.Category.INVALID,
          "the checks found something, and \"# check=error=true\" makes that an error");
    }
  }

  private Integer told(List<Finding> findings) {
    if (inputs.flags().isJson()) {
      options.out().println(GoJson.indented(FieldWriter.array(findings), 2));
    } else {
      findings.forEach(options.out()::println);
      options.out().println(findings.isEmpty() ? "nothing found" : findings.size() + " found");
    }
    return findings.isEmpty() ? ExitCode.OK : 1;
  }

  private BuildResult build(Builder builder, List<BuildRequest> requests) throws IOException {
    return inputs.flags().isList()
        ? builder.buildList(requests)
        : builder.build(requests.getFirst());
  }

  private String context() {
    var given = context.get();
    if (given.size() > 1) {
      throw new OciException(
          OciException.Category.USAGE,
          "accepts at most 1 arg(s), received %d".formatted(given.size()));
    }
    return given.isEmpty() ? "." : given.getFirst();
  }
}
