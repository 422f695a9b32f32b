package dev.ocij.buildah.build;

import dev.ocij.buildah.overlay.CopySource;
import dev.ocij.runtime.rootless.Stdio;
import dev.ocij.store.Store;
import dev.ocij.transport.Transports;
import dev.ocij.trust.Policy;
import java.util.Map;

/// What a build works with.
///
/// @param context the build context
/// @param named contexts that the caller gave a name
/// @param stdio what commands of RUN read and write
/// @param lent to commands of RUN
/// @param transports by which bases are read and results are written
public record Workshop(
    Store store,
    CopySource context,
    Map<String, CopySource> named,
    Transports transports,
    Policy policy,
    Stdio stdio,
    Lent lent) {
  public Workshop {
    named = Map.copyOf(named);
  }
}
