package dev.ocij.transport.directory;

import dev.ocij.image.Blob;
import dev.ocij.image.Compression;
import dev.ocij.image.Document;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.MediaType;
import dev.ocij.spec.OciException;
import dev.ocij.store.Contents;
import dev.ocij.store.PendingFile;
import dev.ocij.store.Unfinished;
import dev.ocij.store.WholeFile;
import dev.ocij.transport.Accepts;
import dev.ocij.transport.SignatureFile;
import dev.ocij.transport.Sink;
import dev.ocij.trust.Signature;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// An image on its way into a directory. What was there stays readable until the new
/// `manifest.json` takes the place of the old one, whose files are removed then.
final class DirectorySink implements Sink {
  private final DirectoryFiles files;
  private final DirectoryTransport.Layers layers;
  private final boolean wasEmpty;
  private final Set<String> wanted = ConcurrentHashMap.newKeySet();
  private final Set<String> added = ConcurrentHashMap.newKeySet();
  private final Map<Digest, List<Signature>> signatures = new LinkedHashMap<>();
  private final Set<Digest> leftOut = new HashSet<>();
  private boolean committed;

  private DirectorySink(DirectoryFiles files, DirectoryTransport.Layers layers, boolean wasEmpty) {
    this.files = files;
    this.layers = layers;
    this.wasEmpty = wasEmpty;
  }

  /// @throws OciException where the directory holds something else than an image
  static DirectorySink open(DirectoryFiles files, DirectoryTransport.Layers layers)
      throws IOException {
    boolean wasEmpty = !files.has(DirectoryFiles.VERSION);
    files.prepare();
    var sink = new DirectorySink(files, layers, wasEmpty);
    Unfinished.add(sink);
    return sink;
  }

  @Override
  public Accepts accepts() {
    return new Accepts(
        Accepts.EVERY_DOCUMENT,
        layers == DirectoryTransport.Layers.PLAIN ? Compression.NONE : null,
        layers != DirectoryTransport.Layers.COMPRESSED,
        Accepts.EVERY_SIGNATURE);
  }

  @Override
  public Descriptor put(Blob blob) throws IOException {
    if (blob instanceof Blob.Known(var known, _) && has(known)) {
      wanted.add(DirectoryFiles.blob(known.digest()));
      return known;
    }
    try (var file = PendingFile.in(files.directory())) {
      var descriptor = file.append(blob);
      var name = DirectoryFiles.blob(descriptor.digest());
      name(file, name);
      WholeFile.seal(files.directory().resolve(name), descriptor);
      return descriptor;
    }
  }

  @Override
  public void putMember(Document manifest) throws IOException {
    write(DirectoryFiles.member(manifest.digest()), manifest.bytes());
  }

  @Override
  public boolean takesSparseIndexes() {
    return true;
  }

  @Override
  public synchronized void leaveOut(Digest member) {
    leftOut.add(member);
  }

  @Override
  public synchronized void putSignatures(Digest manifest, List<Signature> more) {
    signatures.computeIfAbsent(manifest, _ -> new ArrayList<>()).addAll(more);
  }

  @Override
  public synchronized Descriptor commit(Document document) throws IOException {
    requireAll(document);
    removeOldSignatures();
    for (var signed : signatures.entrySet()) {
      writeSignatures(document, signed.getKey(), signed.getValue());
    }
    boolean otherAlgorithms = wanted.stream().anyMatch(name -> name.startsWith("sha512-"));
    write(DirectoryFiles.VERSION, DirectoryFiles.version(otherAlgorithms));
    PendingFile.syncDirectory(files.directory());
    write(DirectoryFiles.MANIFEST, document.bytes());
    PendingFile.syncDirectory(files.directory());
    committed = true;
    Unfinished.remove(this);
    removeUnwanted();
    return document.descriptor();
  }

  /// Where a signal comes in the midst of a commit, that comes first.
  @Override
  public synchronized void close() throws IOException {
    Unfinished.remove(this);
    if (committed) {
      return;
    }
    for (var name : added) {
      Files.deleteIfExists(files.directory().resolve(name));
    }
    if (wasEmpty) {
      Files.deleteIfExists(files.directory().resolve(DirectoryFiles.VERSION));
      if (files.names().isEmpty()) {
        Files.delete(files.directory());
      }
    }
  }

  private boolean has(Descriptor blob) throws IOException {
    return WholeFile.is(files.directory().resolve(DirectoryFiles.blob(blob.digest())), blob);
  }

  private void requireAll(Document document) throws IOException {
    for (var child : Contents.of(document)) {
      if (!isThere(document.mediaType(), child)) {
        throw new OciException(
            OciException.Category.INVALID,
            "write %s: the blob %s is missing"
                .formatted(files.shown(DirectoryFiles.MANIFEST), child.digest()));
      }
    }
  }

  private boolean isThere(MediaType document, Descriptor child) throws IOException {
    if (document.isIndex()) {
      return files.has(DirectoryFiles.member(child.digest())) || leftOut.contains(child.digest());
    }
    if (document.isSchema1()) {
      return files.has(DirectoryFiles.blob(child.digest()));
    }
    return has(child) || child.mediaType().isForeignLayer();
  }

  private void writeSignatures(Document document, Digest manifest, List<Signature> all)
      throws IOException {
    for (int i = 0; i < all.size(); i++) {
      var name =
          manifest.equals(document.digest())
              ? DirectoryFiles.signature(i + 1)
              : DirectoryFiles.signature(manifest, i + 1);
      write(name, SignatureFile.bytes(all.get(i)));
    }
  }

  private void removeOldSignatures() throws IOException {
    for (var name : files.names()) {
      if (name.contains("signature-")) {
        Files.delete(files.directory().resolve(name));
      }
    }
  }

  private void removeUnwanted() throws IOException {
    for (var name : files.names()) {
      var file = files.directory().resolve(name);
      if (!wanted.contains(name) && !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
        Files.deleteIfExists(file);
      }
    }
  }

  private void write(String name, byte[] content) throws IOException {
    try (var file = PendingFile.in(files.directory())) {
      file.append(new ByteArrayInputStream(content));
      name(file, name);
    }
  }

  private void name(PendingFile file, String name) throws IOException {
    wanted.add(name);
    if (!files.has(name)) {
      added.add(name);
    }
    file.moveTo(files.directory().resolve(name));
  }
}
