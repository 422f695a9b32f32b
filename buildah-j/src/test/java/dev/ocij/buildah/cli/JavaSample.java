package dev.ocij.buildah.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;

/// Java applications that tests make, in a folder of their own.
record JavaSample(Path folder) {
  /// Compiles sources, each by the name of its class.
  ///
  /// @return the folder of the classes
  Path classes(String name, Map<String, String> sources) throws IOException {
    var to = Files.createDirectories(folder.resolve(name));
    var compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    for (var source : sources.entrySet()) {
      var file = folder.resolve("src-" + name).resolve(source.getKey().replace('.', '/') + ".java");
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      Files.writeString(file, source.getValue());
      var errors = OutputStream.nullOutputStream();
      int status =
          compiler.run(
              null,
              null,
              errors,
              "-cp",
              to + ":" + folder.resolve("library"),
              "-d",
              to.toString(),
              file.toString());
      if (status != 0) {
        throw new IllegalArgumentException("does not compile: " + source.getKey());
      }
    }
    return to;
  }

  /// Writes an archive of a manifest, the files of a folder below a prefix, and others by name.
  Path archive(String name, String manifest, Path classes, String prefix, Map<String, String> more)
      throws IOException {
    var entries = new TreeMap<String, byte[]>();
    try (var files = Files.walk(classes)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        entries.put(prefix + classes.relativize(file), Files.readAllBytes(file));
      }
    }
    more.forEach((path, text) -> entries.put(path, text.getBytes(StandardCharsets.UTF_8)));
    var written = folder.resolve(name);
    Files.createDirectories(Objects.requireNonNull(written.getParent()));
    try (var zip = new ZipOutputStream(Files.newOutputStream(written))) {
      add("META-INF/MANIFEST.MF", manifest.getBytes(StandardCharsets.UTF_8), zip);
      for (var entry : entries.entrySet()) {
        add(entry.getKey(), entry.getValue(), zip);
      }
    }
    return written;
  }

  private static void add(String name, byte[] content, ZipOutputStream zip) throws IOException {
    var entry = new ZipEntry(name);
    entry.setLastModifiedTime(FileTime.fromMillis(System.currentTimeMillis()));
    zip.putNextEntry(entry);
    zip.write(content);
  }
}
