package dev.ocij.buildah.podman.pod;

import dev.ocij.buildah.podman.Failures;
import dev.ocij.buildah.podman.Values;
import dev.ocij.buildah.run.Pod;
import dev.ocij.buildah.run.Pods;
import dev.ocij.spec.OciException;
import dev.ocij.term.LocalFile;
import dev.ocij.term.Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// The pods that a command is about: named, all, the latest.
final class PodArguments {
  private final Options options;
  private final Supplier<List<String>> names;
  private final BooleanSupplier all;
  private final BooleanSupplier latest;
  private final BooleanSupplier ignore;
  private final Supplier<List<String>> idFiles;

  PodArguments(Options options) {
    this.options = options;
    names = options.arguments("POD", 0, "names or ids, or the beginnings of ids");
    all = options.flag("-a, --all", "all pods");
    latest = options.flag("-l, --latest", "the pod that was made last");
    ignore = options.flag("-i, --ignore", "missing ones are no error");
    idFiles = options.texts("--pod-id-file", "PATH", "the pod whose id is in the file");
  }

  /// Something that is done to one pod.
  @FunctionalInterface
  interface Action {
    /// @param given the name as it was given
    void on(Pod pod, String given) throws IOException, InterruptedException;
  }

  /// Does it to each, and tells what failed.
  Failures forEach(Pods pods, Action action) throws IOException, InterruptedException {
    var failures = new Failures();
    for (var name : chosen(pods)) {
      try {
        action.on(pods.find(name), name);
        options.out().flush();
      } catch (OciException e) {
        if (!(ignore.getAsBoolean() && e.category() == OciException.Category.NOT_FOUND)) {
          failures.add(e);
        }
      }
    }
    if (!failures.all().isEmpty()) {
      options.out().flush();
      options.err().println("Error: " + failures.sentence());
    }
    return failures;
  }

  private List<String> chosen(Pods pods) throws IOException {
    var chosen = new ArrayList<>(names.get());
    for (var file : idFiles.get()) {
      chosen.add(new String(LocalFile.read(file), StandardCharsets.UTF_8).strip());
    }
    if (all.getAsBoolean()) {
      return pods.list().stream().map(Pod::id).toList();
    }
    if (latest.getAsBoolean()) {
      return pods.list().stream().limit(1).map(Pod::id).toList();
    }
    if (chosen.isEmpty()) {
      throw Values.usage("you must provide at least one pod name or id");
    }
    return chosen;
  }
}
