package dev.ocij.buildah.build;

import dev.ocij.layer.Entry;
import dev.ocij.layer.LayeredTree;
import dev.ocij.runtime.RootFiles;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Small text files of a stage, read from its layers.
public record StageFiles(LayeredTree layers) implements RootFiles {
  private static final int LARGEST = 1 << 20;

  @Override
  public Optional<String> read(String path) {
    return layers.resolve(path).filter(Entry::isFile).map(this::content);
  }

  private String content(Entry file) {
    if (file.size() > LARGEST) {
      throw new OciException(
          OciException.Category.INVALID,
          "read %s of the image: larger than %d bytes".formatted(Quoted.of(file.path()), LARGEST));
    }
    try (var in = layers.open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO,
          "read %s of the image: %s".formatted(Quoted.of(file.path()), e.getMessage()),
          e);
    }
  }
}
