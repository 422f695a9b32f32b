package dev.ocij.skopeo.cli;

import dev.ocij.builtin.Builtin;
import dev.ocij.copy.Copier;
import dev.ocij.copy.CopyRequest;
import dev.ocij.copy.Progress;
import dev.ocij.name.Location;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.term.Command;
import dev.ocij.term.ConsoleProgress;
import dev.ocij.term.CryptFlags;
import dev.ocij.term.ExitCode;
import dev.ocij.term.JsonProgress;
import dev.ocij.term.LocalFile;
import dev.ocij.term.Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `copy SOURCE DESTINATION`: moves one image, or an index with its images, to another place.
final class CopyCommand implements Command {
  private final Options options = Options.of(this, "Copy an image from one place to another.");
  private final Supplier<String> from = options.argument("SOURCE", "transport:reference");
  private final Supplier<String> to = options.argument("DESTINATION", "transport:reference");
  private final CopyFlags copy = new CopyFlags(options);
  private final PlaceFlags place = new PlaceFlags(options);
  private final CryptFlags crypt = new CryptFlags(options);
  private final SignFlags sign = new SignFlags(options);
  private final ImageFlags source;
  private final ImageFlags destination;
  private final Supplier<Optional<String>> digestFile =
      options.text("--digestfile", "PATH", "write the digest of the copied manifest here");
  private final Supplier<Optional<String>> authfile =
      options.text("--authfile", "PATH", "where credentials for both ends are");
  private final BooleanSupplier dryRun =
      options.flag("--dry-run", "check the source and the policy, and write nothing");
  private final LogLines log = new LogLines(options);
  private final BooleanSupplier quiet = options.flag("-q, --quiet", "tell nothing of the progress");
  private final Supplier<Optional<String>> progress =
      options.text("--progress", "plain|json", "tell it on standard error, in lines of this form");
  private final RetryFlags retry = new RetryFlags(options);
  private final GlobalFlags global;

  CopyCommand(GlobalFlags global) {
    options.tellCountBelowHelp("Exactly two arguments expected");
    this.global = global;
    this.source = ImageFlags.of(options, "src-", global);
    this.destination = ImageFlags.of(options, "dest-", global);
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var request = request();
    if (dryRun.getAsBoolean()) {
      return tell(request);
    }
    var copied = retry.run(() -> copier(request).copy(request));
    digestFile
        .get()
        .ifPresent(file ->
            LocalFile.write(file, copied.digest().toString().getBytes(StandardCharsets.US_ASCII)));
    return ExitCode.OK;
  }

  private int tell(CopyRequest request) throws IOException {
    var found = retry.run(() -> copier(request).check(request));
    log.info(
        "Would have copied image",
        "from=" + request.from(),
        "to=" + request.to(),
        "digest=" + found.digest());
    return ExitCode.OK;
  }

  private @Nullable Path authfile() {
    return authfile.get().map(Path::of).orElse(null);
  }

  private Copier copier(CopyRequest request) {
    return new Copier(
        Builtin.transports(source.transportOptions(authfile())),
        Builtin.transports(place.applied(destination.transportOptions(authfile()), request.to())),
        progress(request));
  }

  private Progress progress(CopyRequest request) {
    if (quiet.getAsBoolean()) {
      return Progress.SILENT;
    }
    return switch (progress.get().orElse("")) {
      case "" -> ConsoleProgress.of(options, request.to());
      case "plain" -> new ConsoleProgress(options.err());
      case "json" -> new JsonProgress(options.err());
      case String other ->
          throw new OciException(
              OciException.Category.USAGE,
              "unknown progress %s: expected plain or json".formatted(Quoted.of(other)));
    };
  }

  private CopyRequest request() {
    return new CopyRequest(
        Location.parse(from.get()),
        Location.parse(to.get()),
        copy.selection(global.platform()),
        global.policy(),
        crypt.applied(copy.fit()),
        copy.preserveDigests(),
        copy.beside().signedBy(sign.signers(), sign.identity()),
        copy.parallelBlobs());
  }
}
