package dev.ocij.buildah.cli;

import dev.ocij.term.LaterFlags;
import dev.ocij.term.Options;
import dev.ocij.transport.ParentFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The options of kaniko's executor, and what they are in our words.
final class KanikoFlags {
  private final KanikoContext context;
  private final Supplier<List<String>> destinations;
  private final Supplier<List<String>> buildArgs;
  private final Supplier<List<String>> labels;
  private final Supplier<Optional<String>> target;
  private final Supplier<Optional<String>> platform;
  private final BooleanSupplier cache;
  private final Supplier<Optional<String>> cacheRepo;
  private final Supplier<Optional<String>> cacheTtl;
  private final Supplier<Optional<String>> digestFile;
  private final Supplier<Optional<String>> tarPath;
  private final Supplier<Optional<String>> layoutPath;
  private final BooleanSupplier noPush;
  private final BooleanSupplier singleSnapshot;
  private final BooleanSupplier reproducible;
  private final List<BooleanSupplier> insecure = new ArrayList<>();
  private final Supplier<List<String>> mirrors;
  private final List<Supplier<Optional<String>>> snapshots = new ArrayList<>();
  private final List<BooleanSupplier> snapshotSwitches = new ArrayList<>();
  private final LaterFlags later;

  KanikoFlags(Options options) {
    context = new KanikoContext(options);
    destinations = options.texts("-d, --destination", "NAME", "where the image goes; repeat it");
    buildArgs = options.texts("--build-arg", "NAME=VALUE", "a value for ARG");
    labels = options.texts("--label", "NAME=VALUE", "a label of the image");
    target = options.text("--target", "STAGE", "build this stage");
    platform = options.text("--custom-platform, --customPlatform", "OS/ARCH", "for what");
    cache = options.flag("--cache", "take steps from a cache in a registry");
    cacheTtl = options.text("--cache-ttl", "DURATION", "how long a step stands for a new one");
    cacheRepo = options.text("--cache-repo", "REPOSITORY", "where that is");
    digestFile = options.text("--digest-file", "PATH", "write the image's digest here");
    tarPath = options.text("--tar-path, --tarPath", "PATH", "write the image here, as a tar");
    layoutPath = options.text("--oci-layout-path", "DIR", "write the image here, as a layout");
    noPush = options.flag("--no-push", "push nothing");
    singleSnapshot = options.flag("--single-snapshot", "make one layer of all");
    reproducible = options.flag("--reproducible", "give everything the time 0");
    mirrors = options.texts("--registry-mirror", "HOST", "ask this before docker.io");
    for (var name :
        List.of("--insecure", "--insecure-pull", "--skip-tls-verify", "--skip-tls-verify-pull")) {
      insecure.add(options.flag(name, "speak to registries without good certificates"));
    }
    for (var name :
        List.of(
            "--snapshot-mode, --snapshotMode", "--ignore-path", "--kaniko-dir", "--cache-dir")) {
      snapshots.add(options.text(name, "VALUE", "accepted with a note"));
    }
    for (var name :
        List.of(
            "--use-new-run",
            "--cleanup",
            "--compressed-caching",
            "--force",
            "--log-timestamp",
            "--ignore-var-run",
            "--cache-copy-layers",
            "--cache-run-layers",
            "--skip-push-permission-check")) {
      snapshotSwitches.add(options.flag(name, "accepted with a note"));
    }
    options.flag("--skip-unused-stages", "accepted; they are left out in any case");
    options.text("-v, --verbosity", "LEVEL", "accepted; it means nothing here");
    options.text("--push-retry", "N", "accepted; what may succeed later is tried again");
    options.text("--image-download-retry", "N", "accepted; as --push-retry");
    options.text("--image-fs-extract-retry", "N", "accepted; as --push-retry");
    options.text("--log-format", "FORMAT", "accepted; it means nothing here");
    later =
        new LaterFlags(options)
            .values("--git", "--registry-certificate")
            .values("--registry-client-cert", "--image-name-with-digest-file")
            .values("--image-name-tag-with-digest-file", "--registry-map")
            .values("--insecure-registry", "--skip-tls-verify-registry");
  }

  /// What is so in any case here, though kaniko wants to be told.
  List<String> notes() {
    boolean told =
        snapshots.stream().anyMatch(option -> option.get().isPresent())
            || snapshotSwitches.stream().anyMatch(BooleanSupplier::getAsBoolean);
    return told
        ? List.of(
            "options about snapshots change nothing: layers are what overlays hold, nothing of the"
                + " machine is in them, and all steps are cached")
        : List.of();
  }

  /// The name under which the image is in the store.
  String name() {
    return "localhost/kaniko-%d:built".formatted(ProcessHandle.current().pid());
  }

  /// The words of the build.
  List<String> build() {
    later.refuse();
    if (destinations.get().isEmpty() && !noPush.getAsBoolean()) {
      throw OrderedArguments.usage(
          "you must provide --destination, or use --no-push to push nothing");
    }
    var words = new ArrayList<>(List.of("build", "-t", name()));
    buildArgs.get().forEach(argument -> add(words, "--build-arg", argument));
    labels.get().forEach(label -> add(words, "--label", label));
    target.get().ifPresent(stage -> add(words, "--target", stage));
    platform.get().ifPresent(name -> add(words, "--platform", name));
    if (singleSnapshot.getAsBoolean()) {
      words.add("--squash");
    }
    if (reproducible.getAsBoolean()) {
      add(words, "--timestamp", "0");
    }
    cacheTtl.get().ifPresent(age -> add(words, "--cache-ttl", age));
    addCache(words);
    words.addAll(insecureWords());
    words.addAll(context.words());
    return words;
  }

  /// The words of each push. Kaniko makes the folders above a layout.
  List<List<String>> pushes() throws IOException {
    var places = new ArrayList<String>();
    if (!noPush.getAsBoolean()) {
      destinations.get().forEach(name -> places.add("docker://" + name));
    }
    tarPath.get().ifPresent(path -> places.add("docker-archive:" + path + tarName()));
    if (layoutPath.get().isPresent()) {
      ParentFolder.make(Path.of(layoutPath.get().get()));
      places.add("oci:" + layoutPath.get().get());
    }
    return places.stream().map(this::push).toList();
  }

  /// A registries.conf with the mirrors of Docker's registry; empty for none.
  String registriesConf() {
    if (mirrors.get().isEmpty()) {
      return "";
    }
    return mirrors.get().stream()
        .map(host ->
            "[[registry.mirror]]\nlocation = \"%s\"\ninsecure = %s\n"
                .formatted(host, !insecureWords().isEmpty()))
        .collect(
            Collectors.joining(
                "",
                "unqualified-search-registries = [\"docker.io\"]\n[[registry]]\nlocation ="
                    + " \"docker.io\"\n",
                ""));
  }

  private List<String> push(String place) {
    var words = new ArrayList<>(List.of("push", "-q"));
    digestFile.get().ifPresent(file -> add(words, "--digestfile", file));
    words.addAll(insecureWords());
    words.addAll(List.of(name(), place));
    return words;
  }

  private String tarName() {
    return destinations.get().stream().findFirst().map(name -> ":" + name).orElse("");
  }

  private void addCache(List<String> words) {
    if (!cache.getAsBoolean()) {
      return;
    }
    cacheRepo
        .get()
        .ifPresent(repository -> {
          words.add("--layers");
          add(words, "--cache-from", repository);
          add(words, "--cache-to", repository);
        });
  }

  private List<String> insecureWords() {
    return insecure.stream().anyMatch(BooleanSupplier::getAsBoolean)
        ? List.of("--tls-verify=false")
        : List.of();
  }

  private static void add(List<String> words, String... more) {
    Stream.of(more).forEach(words::add);
  }
}
