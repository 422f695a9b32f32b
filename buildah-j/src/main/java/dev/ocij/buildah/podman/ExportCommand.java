package dev.ocij.buildah.podman;

import dev.ocij.buildah.life.Copies;
import dev.ocij.buildah.life.Reentry;
import dev.ocij.buildah.run.Containers;
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

/// `export CONTAINER`: its file system as a tar, without what is mounted in it.
final class ExportCommand implements Command {
  private final Options options =
      Options.of(this, "Write the file system of a container as a tar.");
  private final Supplier<String> container = options.argument("CONTAINER", "its name or id");
  private final Supplier<Optional<String>> output =
      options.text("-o, --output", "FILE", "instead of standard output");
  private final StoreFlags store;

  ExportCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var containers = new Containers(store.store());
    var found = containers.find(container.get());
    if (output.get().isEmpty() && StandardOutput.isTerminal()) {
      throw Values.usage("refusing to export to terminal. Use -o flag or redirect");
    }
    var elsewhere = Reentry.of(found);
    if (elsewhere.isEmpty()) {
      new Copies(containers, true, false).export(found, new BufferedOutputStream(open()));
    }
    return elsewhere.orElse(ExitCode.OK);
  }

  private OutputStream open() throws IOException {
    return output.get().isPresent()
        ? Files.newOutputStream(Path.of(output.get().get()))
        : new FileOutputStream(FileDescriptor.out);
  }
}
