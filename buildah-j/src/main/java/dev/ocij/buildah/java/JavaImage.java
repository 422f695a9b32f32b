package dev.ocij.buildah.java;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.Ports;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;

/// An application as an image without a base, in an archive as docker saves it. The same
/// application gives the same layers: its files are as old as the first second after 1970.
public record JavaImage(JavaApplication application, JavaSettings settings) {
  /// Writes the archive; nothing is asked of a registry.
  ///
  /// @param folder an empty one, for what Jib keeps meanwhile
  /// @return the archive
  public Path write(Path folder) throws IOException {
    var archive = folder.resolve("image.tar");
    try {
      var containerizer =
          Containerizer.to(TarImage.at(archive).named("application"))
              .setOfflineMode(true)
              .setBaseImageLayersCache(Files.createDirectory(folder.resolve("base")))
              .setApplicationLayersCache(Files.createDirectory(folder.resolve("layers")));
      set(application.container(settings)).containerize(containerizer);
      return archive;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("make the layers of an application: interrupted");
    } catch (ExecutionException
        | RegistryException
        | CacheDirectoryCreationException
        | InvalidImageReferenceException e) {
      throw new IOException("make the layers of an application: " + e.getMessage(), e);
    }
  }

  private JibContainerBuilder set(JibContainerBuilder builder) {
    settings.env().forEach(builder::addEnvironmentVariable);
    settings.labels().forEach(builder::addLabel);
    if (settings.user() != null) {
      builder.setUser(settings.user());
    }
    if (settings.workingDirectory() != null) {
      builder.setWorkingDirectory(absolute(settings.workingDirectory()));
    }
    if (!settings.arguments().isEmpty()) {
      builder.setProgramArguments(settings.arguments());
    }
    return setPorts(builder);
  }

  private JibContainerBuilder setPorts(JibContainerBuilder builder) {
    try {
      return builder.setExposedPorts(Ports.parse(settings.ports()));
    } catch (NumberFormatException e) {
      throw new OciException(
          OciException.Category.USAGE,
          "--port: %s: expected 8080, 53/udp or 8000-8010"
              .formatted(Quoted.escape(String.valueOf(e.getMessage()))),
          e);
    }
  }

  private static AbsoluteUnixPath absolute(String path) {
    try {
      return AbsoluteUnixPath.get(path);
    } catch (IllegalArgumentException e) {
      throw new OciException(
          OciException.Category.USAGE,
          "--workdir %s: expected an absolute path".formatted(Quoted.of(path)),
          e);
    }
  }
}
