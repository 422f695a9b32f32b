package dev.ocij.buildah.java;

import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A war for the server of the base image, which is what is started.
record WebArchive(Archive archive) implements JavaApplication {
  /// Where Jetty's images look.
  private static final String ROOT = "/var/lib/jetty/webapps/ROOT";

  private static final String LIBRARIES = "dependencies";
  private static final String SNAPSHOTS = "snapshot dependencies";
  private static final String RESOURCES = "resources";
  private static final String CLASSES = "classes";

  @Override
  public JibContainerBuilder container(JavaSettings settings) throws IOException {
    if (settings.mainClass() != null || !settings.jvmFlags().isEmpty()) {
      throw new OciException(
          OciException.Category.USAGE,
          "open %s: the server of the base starts a war; leave out --main-class and --jvm-flag, or set JAVA_OPTIONS with --env"
              .formatted(Quoted.of(archive.file().toString())));
    }
    var layers =
        new LayeredFiles(archive, settings.rootOr(ROOT))
            .layers(List.of(LIBRARIES, SNAPSHOTS, RESOURCES, CLASSES), WebArchive::layer);
    return Jib.fromScratch().setFileEntriesLayers(layers);
  }

  private static String layer(String path) {
    if (path.startsWith("WEB-INF/lib/")) {
      return Libraries.isSnapshot(Path.of(path)) ? SNAPSHOTS : LIBRARIES;
    }
    return path.startsWith("WEB-INF/classes/") ? CLASSES : RESOURCES;
  }
}
