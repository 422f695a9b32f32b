package dev.ocij.skopeo.cli;

import dev.ocij.builtin.Builtin;
import dev.ocij.copy.Copier;
import dev.ocij.copy.CopyRequest;
import dev.ocij.copy.Mirror;
import dev.ocij.copy.Progress;
import dev.ocij.skopeo.sync.Pruning;
import dev.ocij.skopeo.sync.SyncedImage;
import dev.ocij.spec.OciException;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.LocalFile;
import dev.ocij.term.Options;
import dev.ocij.transport.ParentFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `sync --src T --dest T SOURCE DESTINATION`: copies what a registry, a directory or a list of
/// sources holds.
final class SyncCommand implements Command {
  private static final int PARALLEL_IMAGES = 10;

  private final Options options = Options.of(this, "Copy many images from one place to another.");
  private final SyncFlags sync = new SyncFlags(options);
  private final CopyFlags copy = new CopyFlags(options);
  private final SignFlags sign = new SignFlags(options);
  private final ImageFlags source;
  private final ImageFlags destination;
  private final BooleanSupplier dryRun =
      options.flag("--dry-run", "tell what would be copied, and copy nothing");
  private final BooleanSupplier keepGoing =
      options.flag("--keep-going", "go on after an image that could not be copied");
  private final Supplier<Optional<String>> digestFile =
      options.text("--digestfile", "PATH", "write a line with digest and place for each image");
  private final Supplier<Optional<String>> authfile =
      options.text("--authfile", "PATH", "where credentials for both ends are");
  private final Supplier<Optional<Integer>> parallel =
      options.count("--parallel", "images that are copied at once");
  private final BooleanSupplier skipExisting =
      options.flag("--skip-existing-tags", "leave a tag that is there, whatever it leads to");
  private final PruneFlags prune = new PruneFlags(options);
  private final RetryFlags retry = new RetryFlags(options);
  private final GlobalFlags global;
  private final LogLines log = new LogLines(options);

  SyncCommand(GlobalFlags global) {
    options.tellCountBelowHelp("Exactly two arguments expected");
    this.global = global;
    this.source = ImageFlags.ofRegistry(options, "src-", global);
    this.destination = ImageFlags.ofRegistry(options, "dest-", global);
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    sync.check();
    refuseForFolders("--prune", prune.isWanted());
    refuseForFolders("--skip-existing-tags", skipExisting.getAsBoolean());
    sign.check();
    var sources = new SyncSources(sync, source.transportOptions(authfile()), log, retry).read();
    var tally = new SyncTally(log);
    if (dryRun.getAsBoolean()) {
      log.warning("Running in dry-run mode");
    }
    for (var found : sources) {
      found.images().forEach(this::refuseExisting);
      if (found.failed()) {
        tally.fail();
      }
      if (dryRun.getAsBoolean()) {
        tell("Would have copied image", found.images());
        tally.add(found.images().size());
      } else {
        copyAll(found, tally);
      }
    }
    digestFile
        .get()
        .ifPresent(file -> LocalFile.write(file, tally.digests().getBytes(StandardCharsets.UTF_8)));
    if (prune.isWanted() && !tally.hasFailed()) {
      prune(sources);
    }
    tally.finish(
        dryRun.getAsBoolean() ? "Would have synced" : "Synced",
        sources.stream().mapToInt(SyncSources.Found::entries).sum());
    return ExitCode.OK;
  }

  private void refuseForFolders(String flag, boolean given) {
    if (given && !sync.destination().equals("docker")) {
      throw new OciException(
          OciException.Category.USAGE,
          flag + " is about tags of registries: it needs --dest docker");
    }
  }

  /// What a source was not asked for may be there all the same.
  private void prune(List<SyncSources.Found> sources) throws IOException {
    var images = sources.stream().flatMap(found -> found.images().stream()).toList();
    if (images.isEmpty() || !sources.stream().allMatch(SyncSources.Found::whole)) {
      log.warning("prune: no tag is removed, for an entry of the list was passed over; mend it");
      return;
    }
    var destinations = Builtin.transports(destination.transportOptions(authfile()));
    var registry = destinations.of(images.getFirst().to());
    prune.run(new Pruning(registry, images, sync.suffix()), dryRun.getAsBoolean());
  }

  private void copyAll(SyncSources.Found found, SyncTally tally) throws IOException {
    tell("Copying image", found.images());
    for (var image : found.images()) {
      if (image.to().transport().equals("dir")) {
        ParentFolder.make(Path.of(image.to().rest()));
      }
    }
    var copier =
        new Copier(
            Builtin.transports(found.transports()),
            Builtin.transports(destination.transportOptions(authfile())),
            Progress.SILENT);
    var mirror =
        new Mirror(
            copier,
            parallel.get().filter(n -> n > 0).orElse(PARALLEL_IMAGES),
            skipExisting.getAsBoolean(),
            copy -> retry.run(copy::make));
    var requests = found.images().stream().map(this::request).toList();
    var results = mirror.copyAll(requests, keepGoing.getAsBoolean());
    if (!keepGoing.getAsBoolean()) {
      SyncTally.endAtFailure(found.images(), results);
    }
    tally.addAll(found.images(), results);
  }

  private void tell(String what, List<SyncedImage> images) {
    for (int i = 0; i < images.size(); i++) {
      log.info(
          "%s ref %d/%d".formatted(what, i + 1, images.size()),
          "from=" + images.get(i).from(),
          "to=" + images.get(i).to());
    }
  }

  private void refuseExisting(SyncedImage image) {
    if (image.to().transport().equals("dir") && Files.exists(Path.of(image.to().rest()))) {
      throw new OciException(
          OciException.Category.USAGE,
          "Refusing to overwrite destination directory \"%s\"".formatted(image.to().rest()));
    }
  }

  private CopyRequest request(SyncedImage image) {
    return new CopyRequest(
        image.from(),
        image.to(),
        copy.selection(global.platform()),
        global.policy(),
        copy.fit(),
        copy.preserveDigests(),
        copy.beside().signedBy(sign.signers(), sign.identity()),
        copy.parallelBlobs());
  }

  private @Nullable Path authfile() {
    return authfile.get().map(Path::of).orElse(null);
  }
}
