package dev.ocij.buildah.java;

import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.JavaContainerBuilder;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.IOException;

/// A jar with classes, and the libraries that its manifest names.
///
/// Resources and classes get layers of their own; a jar for several versions of Java stays whole,
/// for in folders those versions are not looked for.
record PlainJar(Archive archive) implements JavaApplication {
  private static final String ROOT = "/app";

  @Override
  public JibContainerBuilder container(JavaSettings settings)
      throws IOException, InvalidImageReferenceException {
    var builder =
        JavaContainerBuilder.from("scratch")
            .setAppRoot(settings.rootOr(ROOT))
            .addJvmFlags(settings.jvmFlags())
            .setMainClass(mainClass(settings));
    // Jib's class path has the order of these calls: what a jar holds goes before what it needs.
    if (archive.attribute("Multi-Release").equalsIgnoreCase("true")) {
      builder.addProjectDependencies(archive.file());
    } else {
      ClassFolder.add(archive.folder(), builder);
    }
    Libraries.of(archive, settings.libraries()).addTo(builder);
    return builder.toContainerBuilder();
  }

  private String mainClass(JavaSettings settings) {
    var named = archive.attribute("Main-Class");
    if (settings.mainClass() == null && named.isEmpty()) {
      throw new OciException(
          OciException.Category.USAGE,
          "open %s: its manifest names no Main-Class; name one with --main-class"
              .formatted(Quoted.of(archive.file().toString())));
    }
    return settings.mainClass() == null ? named : settings.mainClass();
  }
}
