package dev.ocij.store;

import dev.ocij.spec.Json;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A file of a directory that a stranger may have made: a layout can hold devices and FIFOs, on
/// which reading never ends, and links to files outside. None of them is opened.
///
/// @param root the directory that the file must be in, links resolved
/// @param path below the root
public record RegularFile(Path root, Path path) {
  /// @param name relative to the root
  public static RegularFile of(Path root, String name) {
    return new RegularFile(root, root.resolve(name));
  }

  /// Opens the file; the caller closes it.
  ///
  /// @throws OciException of category `NOT_FOUND` without such a file, `INVALID` where it is
  ///   something else
  public InputStream open() throws IOException {
    return Files.newInputStream(checked(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  }

  /// The bytes of a document.
  ///
  /// @throws OciException as [#open], and where it is larger than documents may be
  public byte[] read() throws IOException {
    try (var in = open()) {
      var bytes = in.readNBytes(Json.LARGEST_DOCUMENT + 1);
      if (bytes.length > Json.LARGEST_DOCUMENT) {
        throw refusal("it is larger than %d bytes".formatted(Json.LARGEST_DOCUMENT));
      }
      return bytes;
    }
  }

  /// The length of the file.
  ///
  /// @throws OciException as [#open]
  public long size() throws IOException {
    return Files.size(checked());
  }

  private Path checked() throws IOException {
    Path real;
    try {
      real = path.toRealPath();
    } catch (NoSuchFileException e) {
      throw new OciException(
          OciException.Category.NOT_FOUND,
          "open %s: no such file or directory".formatted(Quoted.escape(path.toString())),
          e);
    }
    if (!real.startsWith(root.toRealPath())) {
      throw refusal("it is a link to a place outside");
    }
    if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
      throw refusal("it is not a regular file");
    }
    return real;
  }

  private OciException refusal(String found) {
    return new OciException(
        OciException.Category.INVALID,
        "open %s: %s".formatted(Quoted.escape(path.toString()), found));
  }
}
