package dev.ocij.buildah.java;

import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An application of Spring Boot, in the layers that its archive describes, or in the usual ones.
record SpringBoot(Archive archive) implements JavaApplication {
  private static final String ROOT = "/app";
  private static final String LIBRARIES = "dependencies";
  private static final String LOADER = "spring-boot-loader";
  private static final String SNAPSHOTS = "snapshot-dependencies";
  private static final String APPLICATION = "application";
  private static final Pattern LAYER = Pattern.compile("- \"(.+)\":");
  private static final Pattern PATH = Pattern.compile("\\s+- \"(.+)\"");

  @Override
  public JibContainerBuilder container(JavaSettings settings) throws IOException {
    var root = settings.rootOr(ROOT);
    var index = index();
    var names = new ArrayList<>(index.isEmpty() ? usual() : List.copyOf(index.keySet()));
    if (!names.contains(APPLICATION)) {
      names.add(APPLICATION);
    }
    var layers =
        new LayeredFiles(archive, root)
            .layers(names, path -> index.isEmpty() ? usual(path) : layer(path, index));
    var entrypoint = new ArrayList<>(List.of("java"));
    entrypoint.addAll(settings.jvmFlags());
    entrypoint.addAll(start(root, settings.mainClass()));
    return Jib.fromScratch().setFileEntriesLayers(layers).setEntrypoint(entrypoint);
  }

  /// Its own loader starts the class that the archive names; any other is started without.
  private List<String> start(String root, @Nullable String mainClass) {
    if (mainClass == null) {
      return List.of("-cp", root, archive.attribute("Main-Class"));
    }
    var inside = root + (archive.has("BOOT-INF") ? "/BOOT-INF" : "/WEB-INF");
    return List.of("-cp", "%s/classes:%s/lib/*".formatted(inside, inside), mainClass);
  }

  private static List<String> usual() {
    return List.of(LIBRARIES, LOADER, SNAPSHOTS, APPLICATION);
  }

  private static String usual(String path) {
    if (path.startsWith("org/springframework/boot/loader/")) {
      return LOADER;
    }
    if (!path.matches("(BOOT|WEB)-INF/lib(-provided)?/.*")) {
      return APPLICATION;
    }
    return Libraries.isSnapshot(Path.of(path)) ? SNAPSHOTS : LIBRARIES;
  }

  /// What `layers.idx` says, as Spring Boot's plugins write it: by layer, paths and folders.
  private Map<String, List<String>> index() throws IOException {
    var layers = new LinkedHashMap<String, List<String>>();
    var name = archive.attribute("Spring-Boot-Layers-Index");
    var file = archive.folder().resolve(name.isEmpty() ? "BOOT-INF/layers.idx" : name).normalize();
    if (!file.startsWith(archive.folder()) || !Files.isRegularFile(file)) {
      return layers;
    }
    var current = new ArrayList<String>();
    for (var line : Files.readAllLines(file)) {
      var layer = LAYER.matcher(line);
      var path = PATH.matcher(line);
      if (layer.matches()) {
        current = new ArrayList<>();
        layers.put(layer.group(1), current);
      } else if (path.matches()) {
        current.add(path.group(1));
      }
    }
    return layers;
  }

  private static String layer(String path, Map<String, List<String>> index) {
    for (var layer : index.entrySet()) {
      for (var named : layer.getValue()) {
        if (path.equals(named) || (named.endsWith("/") && path.startsWith(named))) {
          return layer.getKey();
        }
      }
    }
    return APPLICATION;
  }
}
