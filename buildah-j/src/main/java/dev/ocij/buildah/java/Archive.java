package dev.ocij.buildah.java;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// A jar or war, unpacked.
///
/// @param file the archive itself
/// @param folder with what was in it
/// @param manifest its main attributes; empty where it has none
record Archive(Path file, Path folder, Attributes manifest) {
  /// Unpacks an archive into an empty folder. No entry leaves it.
  static Archive unpack(Path file, Path folder) {
    try (var zip = new ZipFile(file.toFile())) {
      for (var entry : zip.stream().toList()) {
        unpack(zip, entry, folder);
      }
      return new Archive(file, folder, manifest(folder));
    } catch (IOException | IllegalArgumentException e) {
      throw new OciException(
          OciException.Category.INVALID,
          "open %s: no archive of Java: %s".formatted(Quoted.of(file.toString()), found(e)),
          e);
    }
  }

  private static String found(Exception e) {
    return e instanceof IOException io ? Reason.of(io) : String.valueOf(e.getMessage());
  }

  private static void unpack(ZipFile zip, ZipEntry entry, Path folder) throws IOException {
    var path = folder.resolve(entry.getName()).normalize();
    if (!path.startsWith(folder)) {
      throw new IllegalArgumentException(
          "the entry %s leaves it".formatted(Quoted.of(entry.getName())));
    }
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(path.resolveSibling(""));
    try (var content = zip.getInputStream(entry)) {
      Files.copy(content, path);
    }
  }

  private static Attributes manifest(Path folder) throws IOException {
    var file = folder.resolve("META-INF/MANIFEST.MF");
    if (!Files.isRegularFile(file)) {
      return new Attributes();
    }
    try (var in = Files.newInputStream(file)) {
      return new Manifest(in).getMainAttributes();
    }
  }

  String attribute(String name) {
    var value = manifest.getValue(name);
    return value == null ? "" : value.strip();
  }

  boolean has(String path) {
    return Files.exists(folder.resolve(path));
  }
}
