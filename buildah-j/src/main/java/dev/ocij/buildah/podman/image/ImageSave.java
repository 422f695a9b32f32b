package dev.ocij.buildah.podman.image;

import dev.ocij.buildah.podman.Values;
import dev.ocij.copy.Beside;
import dev.ocij.copy.Copier;
import dev.ocij.copy.CopyRequest;
import dev.ocij.copy.Progress;
import dev.ocij.copy.Selection;
import dev.ocij.name.Location;
import dev.ocij.name.Reference;
import dev.ocij.spec.Platform;
import dev.ocij.store.Store;
import dev.ocij.transport.Transport;
import dev.ocij.transport.Transports;
import dev.ocij.transport.archive.DockerArchiveWriter;
import dev.ocij.transport.local.LocalImages;
import dev.ocij.transport.local.LocalTransport;
import dev.ocij.trust.Policy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes images of the store into a file or folder.
///
/// @param sinks for all but Docker's archives
/// @param output an absolute path
/// @param temporary the directory for temporary files
record ImageSave(
    Store store,
    Transports sinks,
    SaveFormat format,
    Path output,
    Path temporary,
    Progress progress) {
  /// Writes one image; in an archive of Docker's it has these names too.
  void save(String typed, List<String> moreNames) throws IOException {
    switch (format) {
      case DOCKER_ARCHIVE -> {
        var names = new ArrayList<>(name(typed).stream().toList());
        moreNames.forEach(name -> names.add(tagged(LocalImages.complete(name))));
        saveSeveral(List.of(typed), names);
      }
      case OCI_ARCHIVE -> copy(typed, sinks, new Location("oci-archive", named(typed)));
      case OCI_DIR -> copy(typed, sinks, new Location("oci", named(typed)));
      case DOCKER_DIR -> copy(typed, sinks, new Location("dir", output.toString()));
    }
  }

  /// Writes images into one archive, each with the name by which it is asked for.
  void saveAll(List<String> typed) throws IOException {
    saveSeveral(typed, List.of());
  }

  private void saveSeveral(List<String> typed, List<Reference.Tagged> names) throws IOException {
    for (var image : typed) {
      new LocalImages(store).find(image);
    }
    try (var archive = DockerArchiveWriter.open(output, temporary)) {
      for (var image : typed) {
        var own = names.isEmpty() ? name(image).stream().toList() : names;
        Transport transport = archive.named(own);
        copy(image, new Transports(List.of(transport)), new Location(transport.name(), ""));
      }
      archive.finish();
    }
  }

  private void copy(String typed, Transports to, Location destination) throws IOException {
    var request =
        CopyRequest.of(
                LocalTransport.location(typed),
                destination,
                new Selection.Single(Platform.host()),
                // What is in the store was judged when it came there.
                Policy.acceptAnything())
            .with(Beside.NOTHING);
    new Copier(new Transports(List.of(new LocalTransport(store))), to, progress).copy(request);
  }

  private String named(String typed) throws IOException {
    return output + name(typed).map(name -> ":" + name).orElse("");
  }

  /// The name by which an image is asked for; nothing where that is an id.
  private Optional<Reference.Tagged> name(String typed) throws IOException {
    var image = new LocalImages(store).find(typed);
    var meant = LocalImages.meantName(image, typed);
    return meant.filter(name -> !name.contains("@")).map(ImageSave::tagged);
  }

  private static Reference.Tagged tagged(String name) {
    if (Reference.parse(name) instanceof Reference.Tagged tagged) {
      return tagged;
    }
    throw Values.usage("save %s: an archive names images by tag, not by digest".formatted(name));
  }
}
