package dev.ocij.buildah.cli;

import dev.ocij.spec.OciException;
import dev.ocij.spec.Reason;
import dev.ocij.term.LaterFlags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Folders of programs that would change containers before they start. None is run here.
final class HookFolders {
  private HookFolders() {}

  /// @throws OciException where one of them has a hook
  static void check(List<String> folders) {
    for (var folder : folders) {
      var path = Path.of(folder);
      if (Files.isDirectory(path) && hasHook(path)) {
        throw LaterFlags.notYet("--hooks-dir with hooks");
      }
    }
  }

  private static boolean hasHook(Path folder) {
    try (var hooks = Files.newDirectoryStream(folder, "*.json")) {
      return hooks.iterator().hasNext();
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO, "read --hooks-dir %s: %s".formatted(folder, Reason.of(e)), e);
    }
  }
}
