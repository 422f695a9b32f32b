package dev.ocij.buildah.cli;

import dev.ocij.buildah.base.BaseImages;
import dev.ocij.buildah.base.Pull;
import dev.ocij.buildah.build.BuildOutput;
import dev.ocij.buildah.container.Beginning;
import dev.ocij.copy.Progress;
import dev.ocij.spec.Platform;
import dev.ocij.term.Command;
import dev.ocij.term.ConsoleProgress;
import dev.ocij.term.DecryptFlags;
import dev.ocij.term.ExitCode;
import dev.ocij.term.LocalFile;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `from IMAGE`: begins a working container.
public final class FromCommand implements Command {
  private final Options options =
      Options.of(this, "Begin a working container.").stoppingAtFirstArgument();
  private final Supplier<List<String>> image =
      options.arguments("IMAGE", 0, "a name, transport:reference, or scratch");
  private final Supplier<Optional<String>> name =
      options.text("--name", "NAME", "what the container is called");
  private final Supplier<Optional<String>> idFile =
      options.text("--cidfile", "PATH", "write the container's id here");
  private final Supplier<Optional<String>> pull =
      options.attachedText(
          "--pull", "always|missing|never|newer", "always", "when to fetch the image");
  private final BooleanSupplier pullAlways = options.flag("--pull-always", "as --pull=always");
  private final BooleanSupplier pullNever = options.flag("--pull-never", "as --pull=never");
  private final Supplier<Optional<String>> format = Formats.option(options);
  private final BooleanSupplier quiet = options.flag("-q, --quiet", "tell no progress");
  private final DecryptFlags decrypt = new DecryptFlags(options);
  private final PlatformFlags platform = new PlatformFlags(options);
  private final CommandSettingsFlags settings = new CommandSettingsFlags(options);
  private final ProgramMappings mappings;
  private final Toolbox tools;

  FromCommand(StoreFlags store, ProgramMappings mappings) {
    this.mappings = mappings;
    this.tools = new Toolbox(options, store);
    RetryFlags.accept(options);
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    mappings.check();
    var asked = platform.asked();
    var built = asked == null ? Platform.host() : asked;
    var beginning =
        new Beginning(
            image(), name.get().orElse(null), built, Formats.isDocker(format), settings.settings());
    settings.obstacle().ifPresent(sentence -> options.err().println("[Warning] " + sentence));
    try (var images = images(built)) {
      var container = beginning.begin(tools.store(), images, steps(built)::follow);
      idFile
          .get()
          .ifPresent(
              file -> LocalFile.write(file, container.id().getBytes(StandardCharsets.US_ASCII)));
      options.out().println(container.name());
      return ExitCode.OK;
    }
  }

  private String image() {
    var given = OrderedArguments.of(image.get());
    if (given.isEmpty()) {
      throw OrderedArguments.usage("an image name (or \"scratch\") must be specified");
    }
    if (given.size() > 1) {
      throw OrderedArguments.usage("too many arguments specified");
    }
    return given.getFirst();
  }

  private TriggerSteps steps(Platform platform) {
    var err = options.err();
    var output = quiet.getAsBoolean() ? BuildOutput.SILENT : new StepLines(err, err);
    return new TriggerSteps(tools, platform, settings.settings(), output);
  }

  private BaseImages images(Platform platform) {
    var err = options.err();
    return new BaseImages(
            tools.transports(),
            tools.policy(),
            platform,
            pull(),
            quiet.getAsBoolean() ? Progress.SILENT : new ConsoleProgress(err),
            pulled -> {
              if (!quiet.getAsBoolean()) {
                err.println("Trying to pull " + pulled + "...");
                err.flush();
              }
            })
        .decrypted(decrypt.edit())
        .asked(this.platform.asked() != null);
  }

  private Pull pull() {
    if (pullNever.getAsBoolean()) {
      return Pull.NEVER;
    }
    return pullAlways.getAsBoolean() ? Pull.ALWAYS : Pull.parse(pull.get().orElse("missing"));
  }
}
