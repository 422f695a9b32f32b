package dev.ocij.buildah.build;

import dev.ocij.buildah.overlay.CopySource;
import dev.ocij.buildah.plan.Origin;
import java.io.IOException;

/// The trees that a build copies from.
@FunctionalInterface
public interface CopyOrigins {
  CopySource open(Origin origin) throws IOException;
}
