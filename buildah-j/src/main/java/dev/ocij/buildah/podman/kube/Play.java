package dev.ocij.buildah.podman.kube;

import dev.ocij.buildah.life.PodLife;
import dev.ocij.buildah.podman.kube.PlayedPod.PlayedContainer;
import dev.ocij.buildah.run.Containers;
import dev.ocij.buildah.run.Pod;
import dev.ocij.buildah.run.Pods;
import dev.ocij.buildah.run.Volumes;
import dev.ocij.store.Store;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/// Makes pods of what a file says and what a line adds.
///
/// @param ofPods gives lines about pods
/// @param ofContainers gives lines about containers
record Play(Store store, PlayFlags flags, GivenLine ofPods, GivenLine ofContainers) {

  /// What was made.
  ///
  /// @param containers ids of those that stay
  record Made(Pod pod, List<String> containers) {
    void tell(PrintWriter out) {
      out.println("Pod:");
      out.println(pod.id());
      out.println(containers.size() == 1 ? "Container:" : "Containers:");
      containers.forEach(out::println);
      out.println();
      out.flush();
    }
  }

  /// Makes a pod with all its containers, or nothing.
  Made make(PlayedPod played) throws IOException {
    var words = new ArrayList<>(List.of("create"));
    words.addAll(played.create());
    words.addAll(flags.ofPod(played));
    var pod = new Pods(store).find(ofPods.run(words));
    boolean complete = false;
    try {
      var made = new Made(pod, containers(pod, played));
      complete = true;
      return made;
    } finally {
      if (!complete) {
        life().remove(pod, true);
      }
    }
  }

  private List<String> containers(Pod pod, PlayedPod played) throws IOException {
    var volumes = new Volumes(store.volumes());
    for (var volume : played.volumes()) {
      volume.prepare(pod, volumes);
    }
    var ids = new ArrayList<String>();
    for (var container : played.containers()) {
      var id = ofContainers.run(line(pod, container));
      if (!container.initial()) {
        ids.add(id);
      }
    }
    return ids;
  }

  private List<String> line(Pod pod, PlayedContainer container) {
    var words = new ArrayList<>(List.of("create", "--pod=" + pod.id()));
    if (container.initial()) {
      words.add("--init-ctr=once");
    }
    words.addAll(container.options());
    words.addAll(flags.ofContainers());
    words.addAll(container.image());
    return words;
  }

  void start(Made made) throws IOException {
    life().start(made.pod());
  }

  private PodLife life() {
    return new PodLife(new Pods(store), new Containers(store));
  }
}
