package dev.ocij.skopeo.cli;

import dev.ocij.skopeo.sync.Pruning;
import dev.ocij.spec.OciException;
import dev.ocij.term.Options;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Whether `sync` removes what the source has no more. Ours.
final class PruneFlags {
  private static final int LIMIT = 100;

  private final BooleanSupplier prune;
  private final Supplier<Optional<Integer>> limit;
  private final LogLines log;

  PruneFlags(Options options) {
    prune =
        options.flag(
            "--prune", "then remove tags of repositories copied whole that are not in the source");
    limit =
        options.count("--prune-limit", "remove nothing where more tags than these would go (100)");
    log = new LogLines(options);
  }

  boolean isWanted() {
    return prune.getAsBoolean();
  }

  /// @param dry only tell what would be done
  void run(Pruning pruning, boolean dry) throws IOException {
    var surplus = pruning.surplus();
    int most = limit.get().orElse(LIMIT);
    if (surplus.size() > most) {
      throw new OciException(
          OciException.Category.USAGE,
          "prune: %d tags are not in the source, as %s, and no more than %d are removed; raise --prune-limit if that is right"
              .formatted(surplus.size(), surplus.getFirst(), most));
    }
    for (var place : surplus) {
      if (dry) {
        log.info("Would have removed tag", "to=" + place);
      } else if (pruning.remove(place)) {
        log.info("Removed tag", "to=" + place);
      } else {
        log.warning(
            "keep %s: the registry removes images only, and another tag leads to this one"
                .formatted(place));
      }
    }
  }
}
