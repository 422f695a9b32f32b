package dev.ocij.buildah.java;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;

/// The files of an unpacked archive, each in one of several layers.
record LayeredFiles(Archive archive, String root) {
  /// @param names of the layers, in their order
  /// @param layerOf the layer of a path in the archive, one of the names
  /// @return the layers that have files
  List<FileEntriesLayer> layers(List<String> names, Function<String, String> layerOf)
      throws IOException {
    var layers = new LinkedHashMap<String, FileEntriesLayer.Builder>();
    names.forEach(name -> layers.put(name, FileEntriesLayer.builder().setName(name)));
    for (var file : files()) {
      var path = archive.folder().relativize(file).toString();
      var layer = layers.get(layerOf.apply(path));
      if (layer == null) {
        throw new IllegalArgumentException("no such layer for " + path);
      }
      layer.addEntry(file, AbsoluteUnixPath.get(root).resolve(path));
    }
    return layers.values().stream()
        .map(FileEntriesLayer.Builder::build)
        .filter(layer -> !layer.getEntries().isEmpty())
        .toList();
  }

  private List<Path> files() throws IOException {
    try (var all = Files.walk(archive.folder())) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
