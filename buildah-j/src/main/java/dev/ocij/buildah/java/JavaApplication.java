package dev.ocij.buildah.java;

import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A Java application as its build left it.
public sealed interface JavaApplication permits PlainJar, SpringBoot, WebArchive, ClassFolder {
  /// The application in a jar, a war, or a folder of classes.
  ///
  /// @param folder an empty one, for what has to be unpacked
  static JavaApplication open(Path given, Path folder) {
    if (Files.isDirectory(given)) {
      return new ClassFolder(given);
    }
    if (!Files.isRegularFile(given)) {
      throw new OciException(
          OciException.Category.NOT_FOUND,
          "open %s: there is no jar, war or folder of classes"
              .formatted(Quoted.of(given.toString())));
    }
    var archive = Archive.unpack(given, folder);
    if (archive.has("BOOT-INF/classes")
        || archive.attribute("Main-Class").endsWith("WarLauncher")) {
      return new SpringBoot(archive);
    }
    return archive.has("WEB-INF") ? new WebArchive(archive) : new PlainJar(archive);
  }

  /// The layers and the settings, on nothing.
  JibContainerBuilder container(JavaSettings settings)
      throws IOException, InvalidImageReferenceException;
}
