package dev.ocij.transport.directory;

import dev.ocij.spec.Digest;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.store.PendingFile;
import dev.ocij.store.RegularFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The names of the files of a `dir:` image.
record DirectoryFiles(Path directory) {
  static final String MANIFEST = "manifest.json";
  static final String VERSION = "version";
  private static final String VERSION_TEXT = "Directory Transport Version: 1.";

  /// Later readers want to know that there are names other than bare SHA-256.
  static byte[] version(boolean otherAlgorithms) {
    return (VERSION_TEXT + (otherAlgorithms ? "2\n" : "1\n")).getBytes(StandardCharsets.US_ASCII);
  }

  static String blob(Digest digest) {
    return digest.algorithm() == Digest.Algorithm.SHA256
        ? digest.hex()
        : digest.algorithm().prefix() + "-" + digest.hex();
  }

  static String member(Digest digest) {
    return blob(digest) + "." + MANIFEST;
  }

  /// @param number from 1
  static String signature(int number) {
    return "signature-" + number;
  }

  static String signature(Digest member, int number) {
    return blob(member) + "." + signature(number);
  }

  RegularFile file(String name) {
    return RegularFile.of(directory, name);
  }

  /// A file's name for messages.
  String shown(String name) {
    return Quoted.escape(directory.resolve(name).toString());
  }

  boolean has(String name) {
    return Files.exists(directory.resolve(name));
  }

  /// Makes the directory one that holds an image; a writer who died may have begun to.
  ///
  /// @throws OciException where it holds something else, which must not be lost
  void prepare() throws IOException {
    Files.createDirectories(directory);
    if (has(VERSION)) {
      var text = new String(file(VERSION).read(), StandardCharsets.UTF_8);
      if (!text.startsWith(VERSION_TEXT)) {
        throw foreign();
      }
    } else if (!names().stream().allMatch(PendingFile::isName)) {
      throw foreign();
    } else {
      PendingFile.write(directory, VERSION, version(false));
    }
  }

  List<String> names() throws IOException {
    try (var files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private OciException foreign() {
    return new OciException(
        OciException.Category.USAGE,
        "write dir:%s: not a containers image directory, don't want to overwrite important data"
            .formatted(Quoted.escape(directory.toString())));
  }
}
