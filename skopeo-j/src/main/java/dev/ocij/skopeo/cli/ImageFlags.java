package dev.ocij.skopeo.cli;

import dev.ocij.builtin.TransportOptions;
import dev.ocij.store.Store;
import dev.ocij.term.Options;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/// How one end of a command is reached: the flags that each image argument has, with a prefix where
/// there are two.
final class ImageFlags {
  private final Supplier<Optional<String>> sharedBlobDir;

  ImageFlags(Options options, String prefix) {
    sharedBlobDir =
        options.text(
            "--%sshared-blob-dir".formatted(prefix), "DIR", "blobs shared between OCI layouts");
  }

  TransportOptions transportOptions() {
    return transportOptions(false);
  }

  TransportOptions transportOptions(boolean plainLayers) {
    return new TransportOptions(
        Store.ofUser(System.getenv()), sharedBlobDir.get().map(Path::of).orElse(null), plainLayers);
  }
}
