package dev.ocij.buildah.cli;

import dev.ocij.buildah.build.BuildOutput;
import dev.ocij.buildah.build.Builder;
import dev.ocij.buildah.build.Workshop;
import dev.ocij.buildah.context.BuildContext;
import dev.ocij.buildah.context.Contexts;
import dev.ocij.buildah.context.Downloads;
import dev.ocij.spec.OciException;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.LocalFile;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.transport.registry.WebFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
  private final FileFlags files = new FileFlags(options);
  private final ContextFlags named = new ContextFlags(options);
  private final BuildFlags flags = new BuildFlags(options);
  private final Supplier<Optional<String>> idFile =
      options.text("--iidfile", "PATH", "write the image's id here");
  private final BooleanSupplier quiet = options.flag("-q, --quiet", "print the id alone");
  private final LentFlags lent = new LentFlags(options);
  private final LogFlags log = new LogFlags(options);
  private final Toolbox tools;

  public BuildCommand(StoreFlags store) {
    this.tools = new Toolbox(options, store);
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    try (var downloads =
        new Downloads(new WebFiles(tools.registryOptions()), tools.store().containers())) {
      return build(new Contexts(downloads));
    }
  }

  private Integer build(Contexts contexts) throws IOException {
    var opened = contexts.open(context(), System.in);
    var transports = tools.transports();
    var request = flags.request(files.containerfiles(opened), named.origins(), transports);
    var source = BuildContext.open(opened.directory(), files.ignored(opened));
    try (var told = log.open(options.out(), request.platform())) {
      var workshop =
          new Workshop(
              tools.store(),
              source,
              named.files(),
              contexts,
              transports,
              tools.policy(),
              told.stdio(),
              lent.lent(System.getenv()));
      var output = quiet.getAsBoolean() ? BuildOutput.SILENT : new StepLines(told.lines());
      var id = new Builder(workshop, output).build(request);
      idFile.get().ifPresent(name -> LocalFile.write(name, ascii(id.toString())));
      options.out().println(id.hex());
      return ExitCode.OK;
    }
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

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
