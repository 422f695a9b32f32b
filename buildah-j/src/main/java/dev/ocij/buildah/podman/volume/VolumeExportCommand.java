package dev.ocij.buildah.podman.volume;

import dev.ocij.buildah.podman.Values;
import dev.ocij.buildah.run.Volumes;
import dev.ocij.layer.LayerWriter;
import dev.ocij.layer.TreeSnapshot;
import dev.ocij.layer.UnpackRules;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StandardOutput;
import dev.ocij.term.StoreFlags;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/// `volume export NAME`: writes what is in a volume as a tar.
public final class VolumeExportCommand implements Command {
  private final Options options = Options.of(this, "Write what is in a volume as a tar.");
  private final Supplier<String> name = options.argument("NAME", "of a volume");
  private final Supplier<Optional<String>> output =
      options.text("-o, --output", "PATH", "where to; default: standard output");
  private final StoreFlags store;

  public VolumeExportCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var volumes = new Volumes(store.store().volumes());
    var found = volumes.find(name.get()).orElseThrow(() -> VolumeImportCommand.missing(name.get()));
    if (output.get().isEmpty() && StandardOutput.isTerminal()) {
      throw Values.usage("refusing to export to terminal. Use -o flag or redirect");
    }
    options.out().flush();
    try (var tar = new LayerWriter(new BufferedOutputStream(open()))) {
      var ownership = UnpackRules.ofThisProcess().ownership();
      TreeSnapshot.ofNothing(volumes.content(found.name()), ownership).changes().write(tar);
    }
    return ExitCode.OK;
  }

  private OutputStream open() {
    if (output.get().isEmpty()) {
      return new FileOutputStream(FileDescriptor.out);
    }
    try {
      return Files.newOutputStream(Path.of(output.get().get()));
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO,
          "export to %s: %s".formatted(Quoted.of(output.get().get()), Reason.of(e)),
          e);
    }
  }
}
