package dev.ocij.buildah.cli;

import dev.ocij.image.Compression;
import dev.ocij.spec.Json;
import dev.ocij.testing.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// Builds of the folder `context` in a test's folder, by buildah-j in this process, and the files
/// in their layers.
final class BuiltFiles {
  private final Path folder;
  private final InProcess buildah;

  BuiltFiles(Path folder) throws IOException {
    this.folder = folder;
    this.buildah = new InProcess(folder.resolve("store"));
    Files.createDirectories(context());
  }

  Path context() {
    return folder.resolve("context");
  }

  /// The names in all layers.
  List<String> names(String... containerfile) throws IOException {
    return files(containerfile).stream().map(line -> line.split(" ", 3)[2]).toList();
  }

  /// The entries of all layers: mode, time in seconds, name.
  List<String> files(String... containerfile) throws IOException {
    write(containerfile);
    return filesOf(context().toString());
  }

  /// As [#files], built with these options and this context.
  List<String> filesOf(String... line) throws IOException {
    var image = folder.resolve("image");
    run(List.of("-t", "dir:" + image), line).succeeded();
    var manifest = Json.readTree(Files.readAllBytes(image.resolve("manifest.json")), "manifest");
    var files = new ArrayList<String>();
    for (var layer : manifest.path("layers")) {
      var hex = layer.path("digest").asText().substring("sha256:".length());
      try (var tar =
          new TarArchiveInputStream(
              Compression.decompressAny(Files.newInputStream(image.resolve(hex))))) {
        for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
          files.add(shown(entry));
        }
      }
    }
    return files;
  }

  /// What the build prints; it must succeed.
  String output(String... containerfile) throws IOException {
    return run(containerfile).succeeded().stdout();
  }

  Outcome run(String... containerfile) throws IOException {
    write(containerfile);
    return run(List.of(), context().toString());
  }

  /// A build with these options and this context.
  Outcome runOf(String... line) {
    return run(List.of(), line);
  }

  private Outcome run(List<String> options, String... line) {
    var all = new ArrayList<>(List.of("build"));
    all.addAll(options);
    all.addAll(List.of(line));
    return buildah.run(all.toArray(String[]::new));
  }

  private void write(String... containerfile) throws IOException {
    Files.writeString(context().resolve("Containerfile"), String.join("\n", containerfile) + "\n");
  }

  private static String shown(TarArchiveEntry entry) {
    return "%o %d %s"
        .formatted(
            entry.getMode() & 07777,
            entry.getLastModifiedTime().to(TimeUnit.SECONDS),
            entry.getName());
  }
}
