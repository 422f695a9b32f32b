package dev.ocij.transport.registry;

import dev.ocij.name.Repository;
import dev.ocij.spec.Digest;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.store.PendingFile;
import dev.ocij.store.RegularFile;
import dev.ocij.transport.SignatureFile;
import dev.ocij.trust.Signature;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The signatures of a repository's images in a place beside the registry:
/// `BASE/path@sha256=HEX/signature-N`, from 1 on, up to the first that is missing.
///
/// @param read where signatures are read: a file or http(s) URL
/// @param staging where they are written: a file URL, or nobody writes
record Lookaside(Repository repository, URI read, URI staging, Web web) {
  private static final int MOST = 100;

  /// Gets a small document by URL.
  @FunctionalInterface
  interface Web {
    /// @return empty where there is none
    Optional<byte[]> get(URI url) throws IOException;
  }

  /// All signatures of a manifest.
  List<Signature> read(Digest manifest) throws IOException {
    return all(read, manifest).stream().map(SignatureFile::parse).toList();
  }

  /// Adds signatures to those that are there; none is there twice.
  void add(Digest manifest, List<? extends Signature> signatures) throws IOException {
    var directory = Path.of(requireFile(manifest));
    var there = all(staging, manifest);
    Files.createDirectories(directory);
    int number = there.size();
    for (var signature : signatures) {
      var bytes = SignatureFile.bytes(signature);
      if (there.stream().noneMatch(known -> Arrays.equals(known, bytes))) {
        PendingFile.write(directory, "signature-" + ++number, bytes);
      }
    }
  }

  private List<byte[]> all(URI base, Digest manifest) throws IOException {
    var all = new ArrayList<byte[]>();
    for (int number = 1; ; number++) {
      var found = get(base, folder(manifest) + "/signature-" + number);
      if (found.isEmpty()) {
        return all;
      }
      if (number > MOST) {
        throw new OciException(
            OciException.Category.INVALID,
            "read signatures of %s from %s: there are more than %d"
                .formatted(manifest, base, MOST));
      }
      all.add(found.get());
    }
  }

  private Optional<byte[]> get(URI base, String name) throws IOException {
    return switch (base.getScheme()) {
      case "file" -> file(Path.of(base.getPath()), name);
      case "http", "https" -> web.get(URI.create(base + "/" + name));
      default ->
          throw new OciException(
              OciException.Category.INVALID,
              "Unsupported scheme when reading signature from %s"
                  .formatted(Quoted.escape(base + "/" + name)));
    };
  }

  private static Optional<byte[]> file(Path base, String name) throws IOException {
    try {
      return Optional.of(RegularFile.of(base, name).read());
    } catch (OciException e) {
      if (e.category() == OciException.Category.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private String requireFile(Digest manifest) {
    var place = staging + "/" + folder(manifest);
    if (staging.getScheme().equals("file")) {
      return staging.getPath() + "/" + folder(manifest);
    }
    throw new OciException(
        OciException.Category.UNSUPPORTED,
        "writing signatures: Writing directly to a %s lookaside %s is not supported. Configure a lookaside-staging: location"
            .formatted(staging.getScheme(), Quoted.escape(place)));
  }

  private String folder(Digest manifest) {
    return "%s@%s=%s".formatted(repository.path(), manifest.algorithm().prefix(), manifest.hex());
  }
}
