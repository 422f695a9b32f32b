package dev.ocij.buildah.podman.runtime;

import dev.ocij.buildah.overlay.Trees;
import dev.ocij.linux.Directory;
import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// The folder that remembers one container of the runtime: its state, and while its program waits
/// the pipe that starts it.
record RuntimeFolder(Path directory) {
  private static final String PIPE = "start.fifo";
  private static final int FIFO = 0010000;

  /// The folder of an id, which need not exist.
  ///
  /// @throws OciException where it can be no id
  static RuntimeFolder of(Path root, String id) {
    if (!id.matches("[A-Za-z0-9_+.-]{1,1024}") || id.equals(".") || id.equals("..")) {
      throw new OciException(
          OciException.Category.USAGE,
          "invalid container id %s: expected letters, digits, and _ + - ."
              .formatted(Quoted.of(id)));
    }
    return new RuntimeFolder(root.resolve(id));
  }

  Path pipe() {
    return directory.resolve(PIPE);
  }

  /// Whether the program has not been told to begin.
  boolean waits() {
    return Files.exists(pipe());
  }

  /// Makes the folder and the pipe.
  void create() throws IOException {
    if (Files.exists(directory)) {
      throw new OciException(
          OciException.Category.USAGE,
          "container with given ID already exists: " + Quoted.of(name()));
    }
    Files.createDirectories(directory);
    try (var open = Directory.open(directory)) {
      open.createNode(PIPE, FIFO, 0, 0);
      open.setMode(PIPE, 0600);
    }
  }

  void write(RuntimeState state) throws IOException {
    var pending = directory.resolve(RuntimeState.FILE + ".new");
    Files.write(pending, Json.write(state));
    Files.move(pending, directory.resolve(RuntimeState.FILE), StandardCopyOption.ATOMIC_MOVE);
  }

  /// @throws OciException of category `NOT_FOUND` where there is no such container
  RuntimeState read() throws IOException {
    var file = directory.resolve(RuntimeState.FILE);
    if (!Files.exists(file)) {
      throw new OciException(
          OciException.Category.NOT_FOUND,
          "container %s does not exist".formatted(Quoted.of(name())));
    }
    return Json.read(Files.readAllBytes(file), RuntimeState::from, file.toString());
  }

  /// Tells the program to begin; it can be told once.
  void start() throws IOException {
    try (var pipe = Files.newByteChannel(pipe(), StandardOpenOption.WRITE)) {
      Files.delete(pipe());
      pipe.write(java.nio.ByteBuffer.wrap(new byte[1]));
    }
  }

  void delete() throws IOException {
    Trees.delete(directory);
  }

  private String name() {
    return String.valueOf(directory.getFileName());
  }
}
