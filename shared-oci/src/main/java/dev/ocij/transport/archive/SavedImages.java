package dev.ocij.transport.archive;

import dev.ocij.image.Blob;
import dev.ocij.name.Reference;
import dev.ocij.spec.Descriptor;
import dev.ocij.spec.Digest;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The images of an archive in the making: what several of them have is in it once.
final class SavedImages implements Closeable {
  private final String location;
  private final TarOutput tar;
  private final Map<Digest, String> files = new HashMap<>();
  private final Map<String, SavedImage> images = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> repositories = new TreeMap<>();
  private final Set<String> legacy = new HashSet<>();

  /// @param location for messages
  /// @param tar closed with this
  SavedImages(String location, TarOutput tar) {
    this.location = location;
    this.tar = tar;
  }

  synchronized Descriptor putLayer(Blob blob) throws IOException {
    if (blob instanceof Blob.Known(var known, _) && files.containsKey(known.digest())) {
      return known;
    }
    var layer = tar.append(blob, this::newFile);
    files.put(layer.digest(), layerFile(layer.digest()));
    return layer;
  }

  synchronized void putConfig(Digest digest, byte[] bytes) throws IOException {
    if (files.putIfAbsent(digest, digest.hex() + ".json") == null) {
      tar.append(digest.hex() + ".json", bytes);
    }
  }

  /// Adds an image, all of whose blobs are there; names of one that is there already are added to
  /// it.
  synchronized void add(
      Digest config, List<Digest> layers, byte[] json, List<Reference.Tagged> named)
      throws IOException {
    var layerFiles = layers.stream().map(this::file).toList();
    var older = LegacyLayers.of(layers, json);
    older.append(tar, legacy);
    var names = new LinkedHashSet<String>();
    var before = images.get(file(config));
    if (before != null) {
      names.addAll(before.repoTags());
    }
    named.forEach(name -> names.add(name.toString()));
    images.put(file(config), new SavedImage(file(config), new ArrayList<>(names), layerFiles));
    named.forEach(name -> addRepository(name, older.top()));
  }

  synchronized void finish() throws IOException {
    tar.append(SavedImage.MANIFEST, Json.write(List.copyOf(images.values())));
    tar.append("repositories", Json.write(repositories));
    tar.finish();
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }

  /// A layer that is unpacked on the way turns out to be there already when it has flowed.
  private @Nullable String newFile(Descriptor layer) {
    return files.containsKey(layer.digest()) ? null : layerFile(layer.digest());
  }

  private void addRepository(Reference.Tagged name, @Nullable String top) {
    if (top != null) {
      repositories
          .computeIfAbsent(name.repository().toString(), _ -> new TreeMap<>())
          .put(name.tag(), top);
    }
  }

  private String file(Digest digest) {
    var file = files.get(digest);
    if (file == null) {
      throw new OciException(
          OciException.Category.INVALID,
          "write %s: the blob %s is missing".formatted(location, digest));
    }
    return file;
  }

  private static String layerFile(Digest digest) {
    return digest.hex() + ".tar";
  }
}
