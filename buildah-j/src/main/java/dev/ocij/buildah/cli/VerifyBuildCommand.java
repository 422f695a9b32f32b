package dev.ocij.buildah.cli;

import dev.ocij.buildah.build.BuildOutput;
import dev.ocij.buildah.build.BuildRequest;
import dev.ocij.buildah.build.Builder;
import dev.ocij.buildah.build.Rebuild;
import dev.ocij.buildah.compare.Difference;
import dev.ocij.buildah.context.Contexts;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.transport.Source;
import dev.ocij.transport.Transports;
import dev.ocij.transport.local.LocalTransport;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `verify-build IMAGE [CONTEXT]`: builds again, told as `build` was, and tells the first thing in
/// which the result differs from the image. Ours.
final class VerifyBuildCommand implements Command {
  private static final int DIFFERS = 1;

  private final Options options =
      Options.of(this, "Build an image again and tell the first thing that differs.");
  private final Supplier<String> image =
      options.argument("IMAGE", "what was built: a name, an id, or transport:reference");
  private final Supplier<List<String>> context =
      options.arguments("CONTEXT", 0, "as build had it; default: here");
  private final BooleanSupplier quiet = options.flag("-q, --quiet", "tell the result alone");
  private final LogFlags log = new LogFlags(options);
  private final BuildInputs inputs;

  VerifyBuildCommand(StoreFlags store) {
    this.inputs = new BuildInputs(options, store, new RuntimeFlag(options));
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var transports = inputs.tools().transports();
    try (var downloads = inputs.downloads();
        var before = open(transports)) {
      var contexts = new Contexts(downloads);
      var opened = contexts.open(context(), System.in);
      var requests = inputs.requests(inputs.containerfiles(opened), transports);
      try (var told =
          log.open(
              options.out(),
              options.err(),
              requests.getFirst().platform(),
              !quiet.getAsBoolean())) {
        var workshop = inputs.workshop(opened, contexts, transports, told.stdio());
        var output =
            quiet.getAsBoolean() ? BuildOutput.SILENT : new StepLines(told.lines(), told.aside());
        return told(new Rebuild(new Builder(workshop, output), before).first(requests), requests);
      }
    }
  }

  private int told(Optional<Difference> difference, List<BuildRequest> requests) {
    if (difference.isPresent()) {
      options.out().println("%s differs: %s".formatted(shown(), difference.get()));
      return DIFFERS;
    }
    boolean timed = requests.getFirst().times().created() != null;
    var aside = ", times aside; with --timestamp, times would be the same, too";
    options.out().println(shown() + " is what the build gives" + (timed ? "" : aside));
    return ExitCode.OK;
  }

  private String shown() {
    return Quoted.escape(image.get());
  }

  /// A name without a transport is one of the store, or else of the registry that it names.
  private Source open(Transports transports) throws IOException {
    var location = LocalNames.target(image.get(), transports);
    if (location.toString().equals(image.get())) {
      return transports.openSource(location);
    }
    try {
      return transports.openSource(LocalTransport.location(image.get()));
    } catch (OciException e) {
      if (e.category() != OciException.Category.NOT_FOUND) {
        throw e;
      }
      return transports.openSource(transports.inRegistry(image.get()));
    }
  }

  private String context() {
    var given = context.get();
    if (given.size() > 1) {
      throw OrderedArguments.usage(
          "accepts IMAGE and at most one CONTEXT, received %d".formatted(given.size()));
    }
    return given.isEmpty() ? "." : given.getFirst();
  }
}
