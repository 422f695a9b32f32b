package dev.ocij.buildah.cli;

import dev.ocij.buildah.build.BuildOutput;
import dev.ocij.buildah.build.Builder;
import dev.ocij.buildah.build.Workshop;
import dev.ocij.buildah.context.BuildContext;
import dev.ocij.spec.OciException;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.LocalFile;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `build [CONTEXT]`: makes an image from a Containerfile.
public final class BuildCommand implements Command {
  private final Options options = Options.of(this, "Build an image from a Containerfile.");
  private final Supplier<List<String>> context =
      options.arguments("CONTEXT", 0, "the directory that COPY takes files from; default: here");
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
    var directory = Path.of(context());
    var transports = tools.transports();
    var request = flags.request(flags.containerfiles(directory), transports);
    var source = BuildContext.open(directory, flags.ignored(directory));
    try (var told = log.open(options.out(), request.platform())) {
      var workshop =
          new Workshop(
              tools.store(),
              source,
              Map.of(),
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
