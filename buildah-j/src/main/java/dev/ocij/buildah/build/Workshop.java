package dev.ocij.buildah.build;

import dev.ocij.buildah.context.Contexts;
import dev.ocij.buildah.overlay.CopySource;
import dev.ocij.buildah.sourcepolicy.SourcePolicy;
import dev.ocij.edit.Edit;
import dev.ocij.runtime.rootless.Stdio;
import dev.ocij.store.Store;
import dev.ocij.transport.Transports;
import dev.ocij.trust.Policy;
import java.util.Map;
import java.util.function.Supplier;

/// What a build works with.
///
/// @param context the build context
/// @param named places of contexts that the caller gave a name
/// @param contexts opens them, and fetches what ADD takes from elsewhere
/// @param stdio what commands of RUN read and write, opened by the first of them
/// @param sources what may be taken from elsewhere
/// @param decryption what bases go through that are fetched
/// @param lent to commands of RUN
/// @param transports by which bases are read and results are written
public record Workshop(
    Store store,
    CopySource context,
    Map<String, String> named,
    Contexts contexts,
    Transports transports,
    Policy policy,
    SourcePolicy sources,
    Edit decryption,
    Supplier<Stdio> stdio,
    Lent lent) {
  public Workshop {
    named = Map.copyOf(named);
  }
}
