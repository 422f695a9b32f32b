package dev.ocij.buildah.container;

import dev.ocij.buildah.overlay.Addition;
import dev.ocij.layer.Attributes;
import dev.ocij.layer.Entry;
import dev.ocij.layer.Owner;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file of this machine that an image gets in addition, owned by root.
///
/// @param path where it is in the image, without a slash before it
public record AddedFile(Path source, String path) {
  /// `SOURCE[:DESTINATION]`; without a destination it is where it is here.
  public static AddedFile parse(String text) {
    int colon = text.indexOf(':');
    var source = Path.of(colon < 0 ? text : text.substring(0, colon));
    if (!Files.exists(source)) {
      throw refused(text, source, "no such file or directory");
    }
    if (!Files.isRegularFile(source)) {
      throw refused(text, source, "it is not a regular file; files alone can be added");
    }
    var destination =
        Path.of("/", colon < 0 ? source.toAbsolutePath().toString() : text.substring(colon + 1));
    var path = destination.normalize().toString().substring(1);
    if (path.isEmpty()) {
      throw refused(text, source, "expected SOURCE:DESTINATION, with the name of the file");
    }
    return new AddedFile(source, path);
  }

  private static OciException refused(String text, Path source, String found) {
    return new OciException(
        OciException.Category.USAGE,
        "parsing add-file argument %s: %s: %s"
            .formatted(Quoted.of(text), Quoted.escape(source.toString()), found));
  }

  Addition addition() throws IOException {
    int mode = (Integer) Files.getAttribute(source, "unix:mode") & 07777;
    var time = Files.getLastModifiedTime(source).toInstant();
    var attributes = Attributes.of(mode, Owner.ROOT, time);
    return new Addition(
        Entry.file(path, attributes, Files.size(source)), () -> Files.newInputStream(source));
  }
}
