package dev.ocij.buildah.build;

import dev.ocij.buildah.contents.BillFormat;
import dev.ocij.buildah.contents.BillMerge;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A bill of the contents that is written down, and not only said: into the image, or by the
/// caller.
///
/// @param path in the image; null for none
/// @param purlPath of the list of Package URLs in the image; null for none
/// @param listsPurls whether somebody asks for that list
public record BillRequest(
    Maker maker, @Nullable String path, @Nullable String purlPath, boolean listsPurls) {
  /// Who makes it.
  public sealed interface Maker {}

  /// This program does.
  public record InProcess(BillFormat format) implements Maker {}

  /// The program of an image does.
  ///
  /// @param image as FROM would name it
  /// @param commands lines with `{ROOTFS}`, `{CONTEXT}` and `{OUTPUT}` in them
  public record Scanner(String image, List<String> commands, BillMerge merge) implements Maker {
    public Scanner {
      commands = List.copyOf(commands);
    }
  }

  /// Whether the image gets something of it.
  public boolean isInImage() {
    return path != null || purlPath != null;
  }
}
