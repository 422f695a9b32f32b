package dev.ocij.transport.directory;

import dev.ocij.image.Document;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.store.PendingFile;
import dev.ocij.transport.ParentFolder;
import dev.ocij.transport.PathScopes;
import dev.ocij.transport.SignatureFile;
import dev.ocij.transport.Sink;
import dev.ocij.transport.Source;
import dev.ocij.transport.Transport;
import dev.ocij.trust.ImageIdentity;
import dev.ocij.trust.Signature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `dir:path`.
///
/// @param layers how layers are written
public record DirectoryTransport(Layers layers) implements Transport {
  /// What becomes of layers in a directory.
  public enum Layers {
    AS_THEY_ARE,
    COMPRESSED,
    PLAIN
  }

  public DirectoryTransport() {
    this(Layers.AS_THEY_ARE);
  }

  @Override
  public String name() {
    return "dir";
  }

  @Override
  public Source openSource(String rest) throws IOException {
    var files = new DirectoryFiles(path(rest));
    if (!files.has(DirectoryFiles.MANIFEST)) {
      throw new OciException(
          OciException.Category.IO,
          "open %s: no such file or directory".formatted(files.shown(DirectoryFiles.MANIFEST)));
    }
    return new DirectorySource(new ImageIdentity(name(), null, PathScopes.of(path(rest))), files);
  }

  @Override
  public Sink openSink(String rest) throws IOException {
    ParentFolder.require(path(rest), name() + ":" + Quoted.escape(rest));
    return DirectorySink.open(new DirectoryFiles(path(rest)), layers);
  }

  @Override
  public void addSignatures(String rest, Document manifest, List<Signature> signatures)
      throws IOException {
    var files = new DirectoryFiles(path(rest));
    try (var source = openSource(rest)) {
      boolean whole = manifest.digest().equals(source.document().digest());
      var known = new ArrayList<>(source.signatures(manifest.digest()));
      known.addAll(source.referring(manifest.digest()));
      int number = known.size();
      for (var signature : signatures) {
        number++;
        var name =
            whole
                ? DirectoryFiles.signature(number)
                : DirectoryFiles.signature(manifest.digest(), number);
        PendingFile.write(files.directory(), name, SignatureFile.bytes(signature));
      }
    }
  }

  private static Path path(String rest) {
    if (rest.isEmpty()) {
      throw new OciException(
          OciException.Category.USAGE, "invalid image name \"dir:\": expected a path");
    }
    return Path.of(rest);
  }
}
