package dev.ocij.buildah.podman;

import dev.ocij.buildah.life.Copies;
import dev.ocij.buildah.life.Copies.End;
import dev.ocij.buildah.life.Reentry;
import dev.ocij.buildah.run.Containers;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StandardOutput;
import dev.ocij.term.StoreFlags;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `cp SOURCE DESTINATION`: copies between the machine and a container, `NAME:PATH`; `-` is a tar.
final class CpCommand implements Command {
  private static final String STREAM = "-";

  private final Options options =
      Options.of(this, "Copy files between a container and the machine.");
  private final Supplier<String> source =
      options.argument("SOURCE", "CONTAINER:PATH, a path, or - for a tar");
  private final Supplier<String> destination =
      options.argument("DESTINATION", "CONTAINER:PATH, a path, or - for a tar");
  private final Supplier<Optional<Boolean>> archive =
      options.choice("-a, --archive", "give it to the container's user; default: true");
  private final BooleanSupplier overwrite =
      options.flag("--overwrite", "replace directories by files, and files by directories");
  private final StoreFlags store;

  CpCommand(StoreFlags store) {
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var containers = new Containers(store.store());
    var from = end(containers, source.get());
    var to = end(containers, destination.get());
    var container =
        from.container() != null && (to.container() == null || from.container().isActive())
            ? from.container()
            : to.container();
    if (container == null) {
      throw Values.usage("invalid arguments: one of source and destination must be in a container");
    }
    var elsewhere = Reentry.of(container);
    if (elsewhere.isEmpty()) {
      copy(new Copies(containers, archive.get().orElse(true), overwrite.getAsBoolean()), from, to);
    }
    return elsewhere.orElse(ExitCode.OK);
  }

  private static void copy(Copies copies, End from, End to)
      throws IOException, InterruptedException {
    if (isStream(from)) {
      copies.unpack(new FileInputStream(FileDescriptor.in), to);
    } else if (isStream(to)) {
      if (StandardOutput.isTerminal()) {
        throw Values.usage("refusing to write a tar to the terminal; redirect it");
      }
      copies.write(from, new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
    } else {
      copies.copy(from, to);
    }
  }

  private static boolean isStream(End end) {
    return end.container() == null && end.path().equals(STREAM);
  }

  /// `NAME:PATH`, unless a slash or a dot at its beginning says that it is a path.
  private static End end(Containers containers, String text) throws IOException {
    int colon = text.indexOf(':');
    boolean local = colon <= 0 || text.startsWith("/") || text.startsWith(".");
    return local
        ? new End(null, text)
        : new End(containers.find(text.substring(0, colon)), text.substring(colon + 1));
  }
}
