package dev.ocij.buildah.java;

import com.google.cloud.tools.jib.api.JavaContainerBuilder;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The jars that an application needs: those that change seldom in one layer, snapshots in another.
record Libraries(List<Path> jars) {
  private static final String SNAPSHOT = "SNAPSHOT";

  Libraries {
    jars = List.copyOf(jars);
  }

  /// What `Class-Path` of a manifest names, relative to the archive, then what the caller does.
  static Libraries of(Archive archive, List<Path> given) throws IOException {
    var all = new ArrayList<Path>();
    for (var name : archive.attribute("Class-Path").split("\\s+")) {
      if (!name.isEmpty()) {
        all.add(named(archive, name));
      }
    }
    all.addAll(of(given).jars());
    return new Libraries(all);
  }

  /// @param given jars, and folders of which every jar is meant
  static Libraries of(List<Path> given) throws IOException {
    var all = new ArrayList<Path>();
    for (var each : given) {
      if (Files.isDirectory(each)) {
        try (var files = Files.list(each)) {
          files.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(all::add);
        }
      } else {
        all.add(required(each, "the library"));
      }
    }
    return new Libraries(all);
  }

  void addTo(JavaContainerBuilder builder) throws IOException {
    builder.addDependencies(jars.stream().filter(jar -> !isSnapshot(jar)).toList());
    builder.addSnapshotDependencies(jars.stream().filter(Libraries::isSnapshot).toList());
  }

  static boolean isSnapshot(Path jar) {
    return String.valueOf(jar.getFileName()).contains(SNAPSHOT);
  }

  private static Path named(Archive archive, String name) {
    if (name.endsWith("/")) {
      throw new OciException(
          OciException.Category.USAGE,
          "open %s: its Class-Path names the folder %s, and libraries are jars; pack it into one"
              .formatted(Quoted.of(archive.file().toString()), Quoted.of(name)));
    }
    var path = Path.of(archive.file().toAbsolutePath().toUri().resolve(name));
    return required(path, "Class-Path of %s names".formatted(Quoted.of(archive.file().toString())));
  }

  private static Path required(Path jar, String who) {
    if (!Files.isRegularFile(jar)) {
      throw new OciException(
          OciException.Category.NOT_FOUND,
          "%s %s: no such file; put it there".formatted(who, Quoted.of(jar.toString())));
    }
    return jar;
  }
}
