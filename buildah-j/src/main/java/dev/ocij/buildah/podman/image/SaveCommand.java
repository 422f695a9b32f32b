package dev.ocij.buildah.podman.image;

import dev.ocij.buildah.podman.Values;
import dev.ocij.copy.Progress;
import dev.ocij.spec.Quoted;
import dev.ocij.store.Store;
import dev.ocij.term.Command;
import dev.ocij.term.ConsoleProgress;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StandardOutput;
import dev.ocij.term.StoreFlags;
import dev.ocij.transport.Transports;
import dev.ocij.transport.archive.OciArchiveTransport;
import dev.ocij.transport.directory.DirectoryTransport;
import dev.ocij.transport.layout.LayoutTransport;
import dev.ocij.transport.local.LocalImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `save IMAGE…`: writes images into an archive or a folder.
public final class SaveCommand implements Command {
  private static final Path STANDARD_OUTPUT = Path.of("/dev/stdout");

  private final Options options = Options.of(this, "Write images into an archive or a folder.");
  private final Supplier<List<String>> images =
      options.arguments("IMAGE", 0, "names or ids; without -m, all but the first are more names");
  private final Supplier<Optional<String>> output =
      options.text("-o, --output", "PATH", "where to; default: standard output");
  private final Supplier<Optional<String>> format =
      options.text(
          "--format",
          "docker-archive|oci-archive|oci-dir|docker-dir",
          "what is written; default: docker-archive");
  private final BooleanSupplier several =
      options.flag("-m, --multi-image-archive", "all arguments are images");
  private final BooleanSupplier compress =
      options.flag("--compress", "compress the layers in a docker-dir");
  private final BooleanSupplier plain =
      options.flag("--uncompressed", "leave plain layers plain in an oci-dir or oci-archive");
  private final BooleanSupplier quiet = options.flag("-q, --quiet", "tell no progress");
  private final StoreFlags store;

  public SaveCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var wanted = SaveFormat.parse(format.get().orElse("docker-archive"));
    var given = images.get();
    if (given.isEmpty()) {
      throw Values.usage("need at least 1 argument");
    }
    checkCompression(wanted);
    options.out().flush();
    var opened = store.store();
    var save = save(opened, wanted);
    if (several.getAsBoolean() && wanted == SaveFormat.DOCKER_ARCHIVE) {
      save.saveAll(given);
      return ExitCode.OK;
    }
    var more = given.subList(1, given.size());
    requireNames(opened, given.getFirst(), more, wanted);
    save.save(given.getFirst(), more);
    return ExitCode.OK;
  }

  private ImageSave save(Store opened, SaveFormat wanted) {
    var temporary = Path.of(System.getenv().getOrDefault("TMPDIR", "/var/tmp"));
    var layers =
        compress.getAsBoolean()
            ? DirectoryTransport.Layers.COMPRESSED
            : DirectoryTransport.Layers.AS_THEY_ARE;
    var sinks =
        new Transports(
            List.of(
                new OciArchiveTransport(temporary, plain.getAsBoolean()),
                new LayoutTransport(null, plain.getAsBoolean()),
                new DirectoryTransport(layers)));
    var progress = quiet.getAsBoolean() ? Progress.SILENT : new ConsoleProgress(options.err());
    return new ImageSave(opened, sinks, wanted, path(wanted), temporary, progress);
  }

  private Path path(SaveFormat wanted) {
    if (output.get().isPresent()) {
      var given = output.get().get();
      if (given.contains(":")) {
        throw Values.usage(
            "save to %s: a path with a colon cannot be written to".formatted(Quoted.of(given)));
      }
      return Path.of(given).toAbsolutePath();
    }
    if (wanted.isFolder()) {
      throw Values.usage("save as %s: it is a folder; name it by -o".formatted(wanted.word()));
    }
    if (StandardOutput.isTerminal()) {
      throw Values.usage("refusing to save to terminal. Use -o flag or redirect");
    }
    return STANDARD_OUTPUT;
  }

  private void checkCompression(SaveFormat wanted) {
    if (compress.getAsBoolean() && wanted != SaveFormat.DOCKER_DIR) {
      throw Values.usage("--compress can only be set when --format is 'docker-dir'");
    }
  }

  /// Without -m further arguments are names. One that another image has was meant as an image.
  private static void requireNames(Store opened, String first, List<String> more, SaveFormat wanted)
      throws IOException {
    var images = new LocalImages(opened);
    var image = images.find(first);
    for (var name : more) {
      var other = images.search(name);
      if (other.isPresent() && !other.get().id().equals(image.id())) {
        throw Values.usage(
            "save %s: it is another image than %s; add -m to save both"
                .formatted(Quoted.of(name), Quoted.of(first)));
      }
      if (wanted != SaveFormat.DOCKER_ARCHIVE) {
        throw Values.usage(
            "save as %s: it has one name; leave out %s".formatted(wanted.word(), Quoted.of(name)));
      }
    }
  }
}
