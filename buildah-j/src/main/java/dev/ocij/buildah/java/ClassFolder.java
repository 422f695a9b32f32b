package dev.ocij.buildah.java;

import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.JavaContainerBuilder;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.MainClassFinder;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A folder of classes and resources, as compilers leave it.
record ClassFolder(Path folder) implements JavaApplication {
  private static final String ROOT = "/app";

  @Override
  public JibContainerBuilder container(JavaSettings settings)
      throws IOException, InvalidImageReferenceException {
    var builder =
        JavaContainerBuilder.from("scratch")
            .setAppRoot(settings.rootOr(ROOT))
            .addJvmFlags(settings.jvmFlags())
            .setMainClass(mainClass(settings));
    add(folder, builder);
    Libraries.of(settings.libraries()).addTo(builder);
    return builder.toContainerBuilder();
  }

  /// Adds classes and resources, in two layers.
  static void add(Path folder, JavaContainerBuilder builder) throws IOException {
    builder.addResources(folder, path -> !isClass(path)).addClasses(folder, ClassFolder::isClass);
  }

  private static boolean isClass(Path path) {
    return path.toString().endsWith(".class");
  }

  private String mainClass(JavaSettings settings) throws IOException {
    if (settings.mainClass() != null) {
      return settings.mainClass();
    }
    try (var files = Files.walk(folder)) {
      var found = MainClassFinder.find(files.filter(Files::isRegularFile).toList(), _ -> {});
      return switch (found.getType()) {
        case MAIN_CLASS_FOUND -> found.getFoundMainClass();
        case MAIN_CLASS_NOT_FOUND -> throw missing("no class in it has a main method");
        case MULTIPLE_MAIN_CLASSES ->
            throw missing(
                "several have a main method: "
                    + String.join(", ", found.getFoundMainClasses().stream().sorted().toList()));
      };
    }
  }

  private OciException missing(String found) {
    return new OciException(
        OciException.Category.USAGE,
        "open %s: %s; name one with --main-class"
            .formatted(Quoted.of(folder.toString()), Quoted.escape(found)));
  }
}
