package dev.ocij.buildah.podman.system;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ocij.buildah.run.ContainerState;
import dev.ocij.buildah.run.Containers;
import dev.ocij.spec.Json;
import dev.ocij.store.Store;
import dev.ocij.transport.local.LocalImages;
import java.io.IOException;
import java.nio.file.Files;

/// What `info` tells of the store.
record StoreInfo(Store store) {
  ObjectNode json() throws IOException {
    var containers = new Containers(store).list();
    long running =
        containers.stream().filter(each -> each.status() == ContainerState.Status.RUNNING).count();
    var json = Json.object();
    json.putObject("containerStore")
        .put("number", containers.size())
        .put("paused", 0)
        .put("running", running)
        .put("stopped", containers.size() - running);
    json.put("graphDriverName", "oci-layout");
    json.putObject("graphOptions");
    json.put("graphRoot", store.root().toString());
    if (Files.exists(store.root())) {
      var disk = Files.getFileStore(store.root());
      json.put("graphRootAllocated", disk.getTotalSpace());
      json.put("graphRootUsed", disk.getTotalSpace() - disk.getUnallocatedSpace());
    }
    json.putObject("graphStatus");
    json.put("imageCopyTmpDir", System.getenv().getOrDefault("TMPDIR", "/var/tmp"));
    json.putObject("imageStore").put("number", new LocalImages(store).list().size());
    return json.put("runRoot", store.containers().toString())
        .put("transientStore", false)
        .put("volumePath", store.volumes().toString());
  }
}
