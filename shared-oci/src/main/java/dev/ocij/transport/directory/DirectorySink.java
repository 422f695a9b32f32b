package dev.ocij.transport.directory;

import dev.ocij.image.Blob;
import dev.ocij.image.Document;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.OciException;
import dev.ocij.store.BlobStore;
import dev.ocij.transport.Accepts;
import dev.ocij.transport.Sink;
import dev.ocij.trust.Signature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Writes one image into a directory of its own; `manifest.json` comes last, and without it there
/// is no image.
final class DirectorySink implements Sink {
  private static final String VERSION = "Directory Transport Version: 1.1\n";
  private static final String ANY_VERSION = "Directory Transport Version: ";
  private static final Accepts ACCEPTS =
      new Accepts(List.of(), null, true, List.of(Signature.Simple.class, Signature.Sigstore.class));

  private final FlatDirectory directory;

  private DirectorySink(FlatDirectory directory) {
    this.directory = directory;
  }

  /// Empties the directory where it holds an image, makes it where it is missing.
  ///
  /// @throws OciException where it holds anything else
  static DirectorySink open(FlatDirectory directory) throws IOException {
    var path = directory.path();
    if (Files.isDirectory(path)) {
      empty(directory);
    }
    Files.createDirectories(path);
    Files.writeString(directory.version(), VERSION);
    return new DirectorySink(directory);
  }

  @Override
  public Accepts accepts() {
    return ACCEPTS;
  }

  @Override
  public Descriptor put(Blob blob) throws IOException {
    return new BlobStore(directory.path(), directory::blob).put(blob);
  }

  @Override
  public void putMember(Document manifest) throws IOException {
    Files.write(directory.manifest(manifest.digest()), manifest.bytes());
  }

  /// Numbered from 1 for the image, or for an instance that was put as a member before.
  @Override
  public void putSignatures(Digest manifest, List<Signature> signatures) throws IOException {
    var instance = Files.exists(directory.manifest(manifest)) ? manifest : null;
    int number = 1;
    for (var signature : signatures) {
      Files.write(directory.signature(instance, number++), SignatureFile.write(signature));
    }
  }

  @Override
  public Descriptor commit(Document document) throws IOException {
    Files.write(directory.manifest(), document.bytes());
    return document.descriptor();
  }

  @Override
  public void close() {}

  private static void empty(FlatDirectory directory) throws IOException {
    try (var files = Files.list(directory.path())) {
      var all = files.toList();
      if (!all.isEmpty() && !isImage(directory)) {
        throw new OciException(
            OciException.Category.USAGE,
            "open dir:%s: the directory is not empty and holds no image; name another one"
                .formatted(directory.path()));
      }
      for (Path file : all) {
        Files.delete(file);
      }
    }
  }

  private static boolean isImage(FlatDirectory directory) throws IOException {
    return Files.isRegularFile(directory.version())
        && new String(Files.readAllBytes(directory.version()), StandardCharsets.UTF_8)
            .startsWith(ANY_VERSION);
  }
}
