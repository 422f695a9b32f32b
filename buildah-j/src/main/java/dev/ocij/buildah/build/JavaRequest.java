package dev.ocij.buildah.build;

import dev.ocij.buildah.java.JavaSettings;
import dev.ocij.name.Location;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// An image of a Java application, completely described.
///
/// @param application a jar, a war, or a folder of classes
/// @param base the image that it is stacked on, as FROM would name it
/// @param targets where the image goes; not empty
/// @param docker whether the result has Docker's documents
/// @param created when the image is said to be made
public record JavaRequest(
    Path application,
    JavaSettings settings,
    String base,
    List<Location> targets,
    boolean docker,
    Instant created) {
  public JavaRequest {
    targets = List.copyOf(targets);
  }
}
