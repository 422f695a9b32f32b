package dev.ocij.buildah.cli;

import dev.ocij.buildah.base.BaseImages;
import dev.ocij.buildah.base.Pull;
import dev.ocij.buildah.build.BuildOutput;
import dev.ocij.buildah.build.JavaBuild;
import dev.ocij.buildah.build.JavaRequest;
import dev.ocij.name.Location;
import dev.ocij.spec.Platform;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.LocalFile;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.transport.Transports;
import dev.ocij.transport.local.LocalTransport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `java APPLICATION`: makes an image of a Java application without a Containerfile. Ours.
final class JavaCommand implements Command {
  private final Options options =
      Options.of(this, "Make an image of a jar, a war or a folder of classes.");
  private final Supplier<String> application =
      options.argument("APPLICATION", "a jar, a war, or a folder of classes");
  private final Supplier<Optional<String>> from =
      options.text("--from", "IMAGE", "the base, with a Java runtime or, for a war, a server");
  private final Supplier<List<String>> tags =
      options.texts("-t, --tag", "NAME", "a name for the image, or transport:reference");
  private final Supplier<Optional<String>> idFile =
      options.text("--iidfile", "PATH", "write the image's id here");
  private final Supplier<Optional<String>> pull =
      options.attachedText(
          "--pull", "always|missing|never|newer", "always", "when to fetch the base");
  private final Supplier<Optional<String>> format = Formats.option(options);
  private final BooleanSupplier quiet = options.flag("-q, --quiet", "print the id alone");
  private final JavaFlags flags = new JavaFlags(options);
  private final TimeFlags times = new TimeFlags(options);
  private final PlatformFlags platform = new PlatformFlags(options);
  private final Toolbox tools;

  JavaCommand(StoreFlags store) {
    this.tools = new Toolbox(options, store);
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var transports = tools.transports();
    var request = request(transports);
    var asked = Objects.requireNonNullElse(platform.single(), Platform.host());
    var when = Pull.parse(pull.get().orElse("missing"));
    try (var bases = new BaseImages(transports, tools.policy(), asked, when)) {
      var output =
          quiet.getAsBoolean() ? BuildOutput.SILENT : new StepLines(options.out(), options.err());
      var result = new JavaBuild(tools.store(), transports, bases, output).build(request);
      idFile
          .get()
          .ifPresent(file ->
              LocalFile.write(file, result.id().toString().getBytes(StandardCharsets.US_ASCII)));
      options.out().println(result.id().hex());
      return ExitCode.OK;
    }
  }

  /// Without a time the image is from 1970: the same application, the same image.
  private JavaRequest request(Transports transports) {
    var created = times.times(System.getenv()).created();
    return new JavaRequest(
        Path.of(application.get()),
        flags.settings(),
        from.get()
            .orElseThrow(() ->
                OrderedArguments.usage("java: name the base with --from: an image that has Java")),
        targets(transports),
        Formats.isDocker(format),
        created == null ? Instant.EPOCH : created);
  }

  private List<Location> targets(Transports transports) {
    return tags.get().isEmpty()
        ? List.of(LocalTransport.location(""))
        : tags.get().stream().map(tag -> LocalNames.target(tag, transports)).toList();
  }
}
