package dev.ocij.buildah.podman;

import dev.ocij.buildah.run.ContainerCreation;
import dev.ocij.buildah.run.Pod;
import dev.ocij.buildah.run.PodCreation;
import dev.ocij.buildah.run.PodRequest;
import dev.ocij.buildah.run.Pods;
import dev.ocij.buildah.run.PublishedPort;
import dev.ocij.store.Store;
import dev.ocij.term.LocalFile;
import dev.ocij.term.Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The pod that `run` may be told to make a container in.
final class PodFlags {
  private static final String NEW = "new:";

  private final Supplier<Optional<String>> name;
  private final Supplier<Optional<String>> idFile;

  PodFlags(Options options) {
    name = options.text("--pod", "NAME|new:NAME", "make it in a pod, which `new:` makes too");
    idFile = options.text("--pod-id-file", "PATH", "make it in the pod whose id is in the file");
  }

  /// Whether the pod is made by this command, with its ports.
  boolean isNew() {
    return name.get().filter(text -> text.startsWith(NEW)).isPresent();
  }

  /// Null for none.
  ///
  /// @param ports of a pod that is made
  @Nullable Pod pod(Store store, List<PublishedPort> ports) throws IOException {
    if (isNew()) {
      store.create();
      Files.createDirectories(store.pods());
      var request =
          PodRequest.of(name.get().orElseThrow().substring(NEW.length()), ports, OwnLine.words());
      return new PodCreation(store, ContainerCreation.withoutImages(store)).create(request);
    }
    var asked =
        idFile.get().isPresent()
            ? new String(LocalFile.read(idFile.get().get()), StandardCharsets.UTF_8).strip()
            : name.get().orElse("");
    return asked.isEmpty() ? null : new Pods(store).find(asked);
  }
}
