package dev.ocij.buildah.java;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How an application is started, and what else its image says.
///
/// @param mainClass null for the one that the application names, or the only one there is
/// @param jvmFlags before the class
/// @param arguments after it
/// @param ports as `8080`, `53/udp`, `8000-8010`
/// @param user null for the base's
/// @param workingDirectory null for the base's
/// @param root where the application is put; null for the usual place
/// @param libraries jars, or folders of jars, beside those that the application names itself
public record JavaSettings(
    @Nullable String mainClass,
    List<String> jvmFlags,
    List<String> arguments,
    List<String> ports,
    Map<String, String> env,
    Map<String, String> labels,
    @Nullable String user,
    @Nullable String workingDirectory,
    @Nullable String root,
    List<Path> libraries) {
  public JavaSettings {
    jvmFlags = List.copyOf(jvmFlags);
    arguments = List.copyOf(arguments);
    ports = List.copyOf(ports);
    env = Map.copyOf(env);
    labels = Map.copyOf(labels);
    libraries = List.copyOf(libraries);
  }

  String rootOr(String usual) {
    return root == null ? usual : root;
  }
}
