package dev.ocij.buildah.podman.image;

import dev.ocij.buildah.cli.PolicyFlag;
import dev.ocij.copy.Copier;
import dev.ocij.copy.Progress;
import dev.ocij.image.Compression;
import dev.ocij.store.Store;
import dev.ocij.store.Unfinished;
import dev.ocij.term.Command;
import dev.ocij.term.ConsoleProgress;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.transport.Transports;
import dev.ocij.transport.archive.DockerArchiveTransport;
import dev.ocij.transport.archive.OciArchiveTransport;
import dev.ocij.transport.directory.DirectoryTransport;
import dev.ocij.transport.layout.LayoutTransport;
import dev.ocij.transport.local.LocalTransport;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `load`: brings the images of an archive into the store.
public final class LoadCommand implements Command {
  private final Options options =
      Options.of(this, "Bring the images of an archive into the store.");
  private final Supplier<Optional<String>> input =
      options.text("-i, --input", "PATH", "an archive or a folder; default: standard input");
  private final BooleanSupplier quiet = options.flag("-q, --quiet", "tell no progress");
  private final PolicyFlag policy = new PolicyFlag(options);
  private final StoreFlags store;

  public LoadCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var temporary = Path.of(System.getenv().getOrDefault("TMPDIR", "/var/tmp"));
    var opened = store.store();
    var load = new ImageLoad(opened, copier(opened, temporary), policy.policy(), temporary);
    var loaded =
        input.get().isPresent()
            ? load.load(Path.of(input.get().get()).toAbsolutePath())
            : loadStandardInput(load, temporary);
    loaded.forEach(name -> options.out().println("Loaded image: " + name));
    return ExitCode.OK;
  }

  /// A pipe is read once, and an archive here and there.
  private static List<String> loadStandardInput(ImageLoad load, Path temporary) throws IOException {
    var file = Files.createTempFile(temporary, "ocij-load-", ".tar");
    Closeable copy = () -> Files.deleteIfExists(file);
    Unfinished.add(copy);
    try (copy) {
      Files.copy(Compression.decompressAny(System.in), file, StandardCopyOption.REPLACE_EXISTING);
      return load.load(file);
    } finally {
      Unfinished.remove(copy);
    }
  }

  private Copier copier(Store opened, Path temporary) {
    var sources =
        new Transports(
            List.of(
                new DockerArchiveTransport(temporary, List.of()),
                new OciArchiveTransport(temporary),
                new LayoutTransport(),
                new DirectoryTransport()));
    var sinks = new Transports(List.of(new LocalTransport(opened)));
    return new Copier(
        sources,
        sinks,
        quiet.getAsBoolean() ? Progress.SILENT : new ConsoleProgress(options.err()));
  }
}
