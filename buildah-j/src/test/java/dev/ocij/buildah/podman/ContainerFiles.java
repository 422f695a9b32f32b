package dev.ocij.buildah.podman;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Containers that have ended, made without running any.
final class ContainerFiles {
  private ContainerFiles() {}

  /// @param image the id of its image
  /// @param volume the name of a volume that it uses
  /// @return its id
  static String write(Path store, String name, String image, String volume) throws IOException {
    var id = "c".repeat(64);
    var directory = Files.createDirectories(store.resolve("containers").resolve(id));
    Files.writeString(
        directory.resolve("state.json"),
        """
        {"id":"%s","name":"%s","image":"localhost/x:latest","imageId":"%s","command":["sh"],
         "created":"2026-01-01T00:00:00Z","status":"EXITED","pid":0,"exitCode":0,"autoRemove":false,
         "volumes":[],"labels":{},"annotations":{},"stopSignal":"SIGTERM","stopTimeout":10,
         "settings":{"terminal":false,"interactive":false,"log":"none","restart":"no","retries":0,
           "timeout":0,"entrypoint":[],"createCommand":[],"network":"host","volumes":["%s"]}}
        """
            .formatted(id, name, image, volume));
    Files.createFile(directory.resolve("alive.lock"));
    return id;
  }
}
