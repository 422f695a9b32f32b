package dev.ocij.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.image.Document;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.ImageIndex;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A directory in OCI's image-layout: blobs by digest, and an `index.json` that gives some of them
/// names. Any number of threads and processes may write to it at once.
public final class ImageStore {
  private static final byte[] LAYOUT =
      "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8);

  private final Path directory;
  private final BlobStore blobs;

  private ImageStore(Path directory, BlobStore blobs) {
    this.directory = directory;
    this.blobs = blobs;
  }

  /// The layout in a directory, which is made when the first image is written.
  public static ImageStore at(Path directory) {
    return new ImageStore(directory, BlobStore.at(directory.resolve("blobs")));
  }

  /// As [#at], with the blobs elsewhere, shared with other layouts.
  public static ImageStore at(Path directory, Path sharedBlobs) {
    return new ImageStore(directory, BlobStore.at(sharedBlobs));
  }

  public Path directory() {
    return directory;
  }

  public BlobStore blobs() {
    return blobs;
  }

  /// The entries of `index.json`, in order; none where there is no layout yet.
  ///
  /// @throws OciException where it cannot be read or is no index
  public List<Descriptor> entries() {
    try {
      return entries(readIndex());
    } catch (NoSuchFileException _) {
      return List.of();
    } catch (IOException e) {
      throw failed("read", e);
    }
  }

  /// Whether there is a layout here.
  public boolean exists() {
    return Files.isRegularFile(index(), LinkOption.NOFOLLOW_LINKS);
  }

  /// The entry with this name.
  public Optional<Descriptor> find(String name) {
    return entries().stream().filter(entry -> name.equals(nameOf(entry))).findFirst();
  }

  /// The document behind an entry, verified.
  public Document read(Descriptor entry) throws IOException {
    try (var in = blobs.open(entry)) {
      var bytes = in.readNBytes(Json.LARGEST_DOCUMENT + 1);
      return Document.of(bytes, entry.mediaType().value()).verified(entry.digest());
    }
  }

  /// Gives a manifest a name, taking that from whatever had it. The manifest and all it reaches is
  /// in [#blobs] already.
  ///
  /// @param name null for an entry without
  public void name(Descriptor manifest, @Nullable String name) throws IOException {
    change(entries -> {
      var changed = new ArrayList<>(entries);
      changed.removeIf(entry ->
          name == null
              ? nameOf(entry) == null && entry.digest().equals(manifest.digest())
              : name.equals(nameOf(entry)));
      changed.add(name == null ? manifest : named(manifest, name));
      return changed;
    });
  }

  /// Takes names away. What no entry reaches any more stays until it is pruned.
  ///
  /// @return whether there was such an entry
  public boolean unname(String name) throws IOException {
    var removed = new boolean[1];
    change(entries -> {
      var left = entries.stream().filter(entry -> !name.equals(nameOf(entry))).toList();
      removed[0] = left.size() < entries.size();
      return left;
    });
    return removed[0];
  }

  /// Changes the entries, alone among all threads and processes.
  public void change(UnaryOperator<List<Descriptor>> change) throws IOException {
    Files.createDirectories(directory);
    try (var _ = Locks.exclusive(directory.resolve(".lock"))) {
      var index = indexOrEmpty();
      var before = entries(index);
      var after = change.apply(before);
      if (!after.equals(before) || !exists()) {
        writeLayoutFile();
        Durable.write(index(), Json.write(index.set("manifests", Json.MAPPER.valueToTree(after))));
      }
    }
  }

  /// Keeps blobs from being pruned while somebody writes images here. The caller closes it.
  public Locks.Held use() throws IOException {
    return Locks.shared(directory.resolve(".use"));
  }

  /// Removes the blobs that no entry reaches, unless somebody is writing just now.
  ///
  /// @return whether it was done
  public boolean prune() throws IOException {
    var alone = Locks.tryExclusive(directory.resolve(".use"));
    if (alone.isEmpty()) {
      return false;
    }
    try (var _ = alone.get()) {
      blobs.retain(new Reachable(this).from(entries()));
    }
    return true;
  }

  /// The name of an entry; null where it has none.
  public static @Nullable String nameOf(Descriptor entry) {
    return entry.annotations().get(Descriptor.REF_NAME);
  }

  private static Descriptor named(Descriptor manifest, String name) {
    var annotations = new LinkedHashMap<>(manifest.annotations());
    annotations.put(Descriptor.REF_NAME, name);
    return manifest.withAnnotations(annotations);
  }

  private Path index() {
    return directory.resolve("index.json");
  }

  private ObjectNode readIndex() throws IOException {
    if (Files.isSymbolicLink(index())) {
      throw new OciException(
          OciException.Category.INVALID,
          "read %s: a symbolic link; an image layout has none"
              .formatted(Quoted.of(index().toString())));
    }
    JsonNode root = Json.readTree(Files.readAllBytes(index()), index().toString());
    if (!(root instanceof ObjectNode object)) {
      throw new OciException(
          OciException.Category.INVALID,
          "read %s: no JSON object".formatted(Quoted.of(index().toString())));
    }
    return object;
  }

  private ObjectNode indexOrEmpty() throws IOException {
    return exists() ? readIndex() : Json.MAPPER.createObjectNode().put("schemaVersion", 2);
  }

  private List<Descriptor> entries(ObjectNode index) {
    return Json.read(Json.write(index), ImageIndex.class, index().toString()).manifests();
  }

  private void writeLayoutFile() throws IOException {
    var file = directory.resolve("oci-layout");
    if (!Files.exists(file)) {
      Durable.write(file, LAYOUT);
    }
  }

  private OciException failed(String attempt, IOException e) {
    return new OciException(
        OciException.Category.IO,
        "%s %s: %s".formatted(attempt, Quoted.of(index().toString()), Reason.of(e)),
        e);
  }
}
