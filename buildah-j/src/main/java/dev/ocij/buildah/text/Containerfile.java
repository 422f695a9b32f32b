package dev.ocij.buildah.text;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A Containerfile split into instructions that are not yet understood.
///
/// @param gaps the empty lines inside of instructions
public record Containerfile(
    SourceFile file, Directives directives, List<LogicalLine> lines, List<Position> gaps) {
  public Containerfile {
    lines = List.copyOf(lines);
    gaps = List.copyOf(gaps);
  }

  /// Reads a file in UTF-8, named in messages as the path is given.
  public static Containerfile read(Path path) {
    try {
      return parse(path.toString(), Files.readAllBytes(path));
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO, "read %s: %s".formatted(path, Reason.of(e)), e);
    }
  }

  /// @param name how messages call the file
  public static Containerfile parse(String name, byte[] utf8) {
    return parse(name, new String(utf8, StandardCharsets.UTF_8));
  }

  /// As [#parse(String, byte[])], already decoded.
  public static Containerfile parse(String name, String text) {
    var file = new SourceFile(name, text);
    var directives = Directives.parse(file);
    var reader = new LineReader(file, directives.escape());
    var lines = reader.read();
    return new Containerfile(file, directives, lines, reader.gaps());
  }
}
