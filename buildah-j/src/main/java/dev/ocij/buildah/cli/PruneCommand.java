package dev.ocij.buildah.cli;

import dev.ocij.buildah.cache.CachePrune;
import dev.ocij.buildah.container.WorkingContainers;
import dev.ocij.spec.Digest;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.RootFs;
import dev.ocij.store.Idle;
import dev.ocij.store.SnapshotPrune;
import dev.ocij.store.Store;
import dev.ocij.term.Command;
import dev.ocij.term.ExitCode;
import dev.ocij.term.Options;
import dev.ocij.term.StoreFlags;
import dev.ocij.term.template.GoDuration;
import dev.ocij.transport.local.LocalImages;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `prune`: removes the images that have no name, what builds remember, and trees that nobody uses.
public final class PruneCommand implements Command {
  private static final String UNTIL = "until=";

  private final Options options =
      Options.of(this, "Remove images without a name, and what builds remember.");
  private final BooleanSupplier all =
      options.flag("-a, --all", "all images, and caches whatever their age");
  private final Supplier<List<String>> filters =
      options.texts("--filter", "until=DURATION", "keep caches that were used since then");
  private final Supplier<Optional<String>> keep =
      options.text("--keep-storage", "SIZE", "keep caches up to this size, as in 10g");
  private final StoreFlags store;

  public PruneCommand(StoreFlags store) {
    options.flag("-f, --force", "accepted; nothing is asked");
    this.store = store;
  }

  @Override
  public Options options() {
    return options;
  }

  @Override
  public Integer call() throws IOException {
    var opened = store.store();
    var caches = new CachePrune(before(), kept());
    new WorkingContainers(opened).sweep();
    pruneImages(new LocalImages(opened));
    caches.pruneSteps(opened.cache().resolve("steps"));
    caches.pruneMounts(opened.cache().resolve("mounts"));
    new Idle(opened)
        .execute(() -> new SnapshotPrune(opened.snapshots()).removeAllBut(needed(opened)));
    new LocalImages(opened).sweep();
    return ExitCode.OK;
  }

  private void pruneImages(LocalImages images) throws IOException {
    for (var image : images.list()) {
      if (all.getAsBoolean() || image.isDangling()) {
        images.remove(image);
        options.out().println(image.id().hex());
      }
    }
  }

  /// The trees of images and containers that are left; with `--all` none.
  private Set<Digest> needed(Store opened) throws IOException {
    var chains = new HashSet<Digest>();
    if (!all.getAsBoolean()) {
      for (var image : new LocalImages(opened).list()) {
        if (image.config() != null) {
          chains.addAll(image.config().rootfs().chainIds());
        }
      }
      for (var container : new WorkingContainers(opened).list()) {
        var diffIds = container.layers().stream().map(layer -> layer.diffId()).toList();
        chains.addAll(RootFs.of(diffIds).chainIds());
      }
    }
    return chains;
  }

  /// Without a word about it caches stay as long as they are used once in a week.
  private Instant before() {
    var now = Instant.now();
    var until = filters.get().stream().map(PruneCommand::until).toList();
    if (!until.isEmpty()) {
      return now.minus(GoDuration.parse(until.getLast()));
    }
    boolean everything = all.getAsBoolean() || keep.get().isPresent();
    return everything ? now.plusSeconds(1) : now.minus(Duration.ofDays(7));
  }

  private static String until(String filter) {
    if (!filter.startsWith(UNTIL)) {
      throw OrderedArguments.usage(
          "unknown filter %s: expected until=DURATION".formatted(Quoted.of(filter)));
    }
    return filter.substring(UNTIL.length());
  }

  private long kept() {
    return keep.get().map(PruneCommand::bytes).orElse(0L);
  }

  private static long bytes(String text) {
    var lower = text.toLowerCase(Locale.ROOT).replaceFirst("i?b$", "");
    if (!lower.matches("[0-9]{1,12}[kmgt]?")) {
      throw new OciException(
          OciException.Category.USAGE,
          "invalid size %s: expected a number and k, m, g or t".formatted(Quoted.of(text)));
    }
    int power = "kmgt".indexOf(lower.charAt(lower.length() - 1)) + 1;
    return Long.parseLong(lower.replaceAll("[a-z]", "")) << (10 * power);
  }
}
