package dev.ocij.buildah.cli;

import dev.ocij.name.Reference;
import dev.ocij.term.Options;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The options of kaniko's executor, and what they are in our words.
final class KanikoFlags {
  private final KanikoContext context;
  private final KanikoResults results;
  private final KanikoRegistries registries;
  private final Supplier<List<String>> buildArgs;
  private final Supplier<List<String>> labels;
  private final Supplier<Optional<String>> target;
  private final Supplier<Optional<String>> platform;
  private final BooleanSupplier cache;
  private final Supplier<Optional<String>> cacheRepo;
  private final Supplier<Optional<String>> cacheTtl;
  private final BooleanSupplier noPushCache;
  private final BooleanSupplier singleSnapshot;
  private final BooleanSupplier reproducible;
  private final List<Supplier<List<String>>> snapshots = new ArrayList<>();
  private final List<BooleanSupplier> snapshotSwitches = new ArrayList<>();

  /// @param environment of the caller
  KanikoFlags(Options options, Map<String, String> environment) {
    context = new KanikoContext(options, environment);
    results = new KanikoResults(options, environment);
    registries = new KanikoRegistries(options, environment);
    buildArgs = options.texts("--build-arg", "NAME=VALUE", "a value for ARG");
    labels = options.texts("--label", "NAME=VALUE", "a label of the image");
    target = options.text("--target", "STAGE", "build this stage");
    platform = options.text("--custom-platform, --customPlatform", "OS/ARCH", "for what");
    cache = options.flag("--cache", "take steps from a cache in a registry");
    cacheTtl = options.text("--cache-ttl", "DURATION", "how long a step stands for a new one");
    cacheRepo = options.text("--cache-repo", "REPOSITORY", "where that is");
    noPushCache = options.flag("--no-push-cache", "give nothing to it");
    singleSnapshot = options.flag("--single-snapshot", "make one layer of all");
    reproducible = options.flag("--reproducible", "give everything the time 0");
    addSnapshots(options);
    addAccepted(options);
  }

  private void addSnapshots(Options options) {
    for (var name :
        List.of(
            "--snapshot-mode, --snapshotMode", "--ignore-path", "--kaniko-dir", "--cache-dir")) {
      snapshots.add(options.texts(name, "VALUE", "accepted with a note"));
    }
    for (var name :
        List.of(
            "--use-new-run",
            "--cleanup",
            "--compressed-caching",
            "--force",
            "--force-build-metadata",
            "--ignore-var-run, --whitelist-var-run",
            "--cache-copy-layers",
            "--cache-run-layers")) {
      snapshotSwitches.add(options.flag(name, "accepted with a note"));
    }
  }

  private static void addAccepted(Options options) {
    options.flag("--skip-unused-stages", "accepted; they are left out in any case");
    options.flag("--skip-push-permission-check", "accepted; there is no such check");
    options.flag("--log-timestamp", "accepted; it means nothing here");
    options.text("-v, --verbosity", "LEVEL", "accepted; it means nothing here");
    options.text("--log-format", "FORMAT", "accepted; it means nothing here");
    for (var name : List.of("--push-retry", "--image-download-retry", "--image-fs-extract-retry")) {
      options.text(name, "N", "accepted; what may succeed later is tried again");
    }
  }

  KanikoResults results() {
    return results;
  }

  KanikoRegistries registries() {
    return registries;
  }

  /// What is so in any case here, though kaniko wants to be told.
  List<String> notes() {
    boolean told =
        snapshots.stream().anyMatch(option -> !option.get().isEmpty())
            || snapshotSwitches.stream().anyMatch(BooleanSupplier::getAsBoolean);
    return told
        ? List.of(
            "options about snapshots change nothing: layers are what overlays hold, nothing of the"
                + " machine is in them, and all steps are cached")
        : List.of();
  }

  /// The words of the build.
  ///
  /// @param name of the image in the store
  /// @param folder of what is said of registries
  List<String> build(String name, Path folder) {
    results.check();
    var words = new ArrayList<>(List.of("build", "-t", name));
    buildArgs.get().forEach(argument -> add(words, "--build-arg", argument));
    labels.get().forEach(label -> add(words, "--label", label));
    target.get().ifPresent(stage -> add(words, "--target", stage));
    platform.get().ifPresent(wanted -> add(words, "--platform", wanted));
    if (singleSnapshot.getAsBoolean()) {
      words.add("--squash");
    }
    if (reproducible.getAsBoolean()) {
      add(words, "--timestamp", "0");
    }
    cacheTtl.get().ifPresent(age -> add(words, "--cache-ttl", age));
    addCache(words);
    words.addAll(registries.words(folder));
    words.addAll(context.words());
    return words;
  }

  private void addCache(List<String> words) {
    var repository = cacheRepo.get().or(this::besideTheImage);
    if (cache.getAsBoolean() && repository.isPresent()) {
      add(words, "--layers", "--cache-from", repository.get());
      if (!noPushCache.getAsBoolean()) {
        add(words, "--cache-to", repository.get());
      }
    }
  }

  /// Where kaniko has its cache when nobody says it.
  private Optional<String> besideTheImage() {
    return results.isPushed()
        ? results.destinations().stream()
            .findFirst()
            .map(name -> Reference.parse(name).repository() + "/cache")
        : Optional.empty();
  }

  private static void add(List<String> words, String... more) {
    Stream.of(more).forEach(words::add);
  }
}
