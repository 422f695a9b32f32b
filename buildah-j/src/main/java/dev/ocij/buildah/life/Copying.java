package dev.ocij.buildah.life;

import dev.ocij.layer.Entry;
import dev.ocij.layer.LayerWriter;
import dev.ocij.layer.TreeArchive;
import dev.ocij.layer.UnpackRules;
import dev.ocij.layer.Unpacker;
import dev.ocij.linux.Directory;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/// Copies files and trees between the machine and containers, as a tar that flows from one to the
/// other.
///
/// @param edit what becomes of each entry, as another owner
/// @param overwrites whether a directory may take the place of a file, and a file that of one
record Copying(UnaryOperator<Entry> edit, boolean overwrites) {
  private static final int PIPE = 1 << 16;

  /// Where an archive goes, and what its first component is called there.
  private record Target(Directory directory, String name) implements AutoCloseable {
    @Override
    public void close() {
      directory.close();
    }
  }

  void copy(Place from, Place to) throws IOException, InterruptedException {
    try (var target = target(from, to)) {
      var in = new PipedInputStream(PIPE);
      var out = new PipedOutputStream(in);
      try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
        var written =
            tasks.submit(() -> {
              try (out) {
                write(from, target.name(), out);
              }
              return true;
            });
        try {
          unpack(in, target.directory(), entry -> entry);
        } finally {
          in.close();
        }
        written.get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof OciException cause) {
          throw cause;
        }
        throw new IOException(e.getCause());
      }
    }
  }

  /// Writes an archive of what a path leads to.
  void write(Place from, OutputStream out) throws IOException {
    write(from, from.isContent() ? "" : from.name(), out);
  }

  /// Unpacks an archive into a directory.
  void unpack(InputStream tar, Place to) throws IOException {
    var directory = to.directory();
    if (directory.isEmpty()) {
      throw new OciException(
          OciException.Category.USAGE,
          "destination must be a directory when copying from stdin: " + Quoted.of(to.path()));
    }
    try (var open = directory.get()) {
      unpack(tar, open, edit);
    }
  }

  private static void unpack(InputStream tar, Directory directory, UnaryOperator<Entry> edit)
      throws IOException {
    var rules =
        new UnpackRules(UnpackRules.Whiteouts.APPLIED, UnpackRules.ofThisProcess().ownership());
    new Unpacker(rules, edit).unpack(tar, directory.path());
  }

  private void write(Place from, String as, OutputStream out) throws IOException {
    try (var writer = new LayerWriter(out)) {
      var archive = new TreeArchive(writer, edit);
      var directory = from.isContent() ? from.directory() : Optional.<Directory>empty();
      if (directory.isPresent()) {
        try (var open = directory.get()) {
          archive.writeContent(open, as);
        }
        return;
      }
      try (var parent = from.parent()) {
        archive.write(parent, from.name(), as);
      }
    }
  }

  private Target target(Place from, Place to) throws IOException {
    var source = from.isContent() ? Optional.<Boolean>empty() : kind(from);
    boolean isDirectory = source.orElse(true);
    var directory = to.directory();
    if (directory.isPresent()) {
      refuseOther(from, directory.get(), isDirectory);
      return new Target(directory.get(), from.isContent() ? "" : from.name());
    }
    if (to.claimsDirectory() && !isDirectory) {
      throw missing(to, "destination directory");
    }
    var there = to.status();
    if (there.isPresent() && isDirectory && !overwrites) {
      throw new OciException(
          OciException.Category.USAGE,
          "copy to %s: it is no directory, and the source is one; --overwrite replaces it"
              .formatted(Quoted.of(to.path())));
    }
    return new Target(to.parent(), to.name());
  }

  /// Whether it is a directory.
  private static Optional<Boolean> kind(Place from) throws IOException {
    var status = from.status();
    if (status.isEmpty()) {
      throw missing(from, "source");
    }
    return status.map(each -> each.isDirectory());
  }

  private void refuseOther(Place from, Directory directory, boolean isDirectory)
      throws IOException {
    if (from.isContent() || overwrites) {
      return;
    }
    var there = directory.status(from.name());
    if (there.isPresent() && there.get().isDirectory() != isDirectory) {
      directory.close();
      throw new OciException(
          OciException.Category.USAGE,
          "copy %s: a %s has the name where it goes; --overwrite replaces it"
              .formatted(Quoted.of(from.path()), isDirectory ? "file" : "directory"));
    }
  }

  private static OciException missing(Place place, String what) {
    return new OciException(
        OciException.Category.NOT_FOUND,
        "%s %s could not be found: no such file or directory"
            .formatted(what, Quoted.of(place.path())));
  }
}
