package dev.ocij.buildah.podman.kube;

import dev.ocij.buildah.life.PodLife;
import dev.ocij.buildah.run.Containers;
import dev.ocij.buildah.run.Pod;
import dev.ocij.buildah.run.Pods;
import dev.ocij.store.Store;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.OptionalInt;

/// Stops and removes the pods that a file describes.
record PodRemoval(Store store, PrintWriter out) {

  /// Pods that are not there are passed over.
  void remove(KubeFile file) throws IOException, InterruptedException {
    var containers = new Containers(store);
    containers.sweep();
    var pods = new Pods(store);
    var life = new PodLife(pods, containers);
    var names = file.pods().stream().map(PlayedPod::name).toList();
    var found = pods.list().stream().filter(pod -> names.contains(pod.name())).toList();
    for (var pod : found) {
      life.stop(pod, OptionalInt.empty());
    }
    tell("Pods stopped:", found);
    for (var pod : found) {
      life.remove(pod, true);
    }
    tell("Pods removed:", found);
  }

  private void tell(String title, List<Pod> pods) {
    out.println(title);
    pods.forEach(pod -> out.println(pod.id()));
  }
}
